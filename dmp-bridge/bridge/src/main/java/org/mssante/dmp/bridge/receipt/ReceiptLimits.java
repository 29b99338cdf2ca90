package org.mssante.dmp.bridge.receipt;

/**
 * How much a receipt quotes of the mail it answers.
 *
 * @param maxBytes of the whole receipt, below what the mail server takes
 * @param maxParts of a mail whose attachments are looked for
 * @param maxDepth of nested parts of such a mail
 */
public record ReceiptLimits(int maxBytes, int maxParts, int maxDepth) {}
