package org.mssante.dmp.store.http;

/**
 * What one request may cost.
 *
 * @param attachment octets of one attachment
 * @param attachmentInMemory octets of an attachment above which it waits in a file
 * @param envelopeCharacters of the SOAP envelope without attachments
 * @param envelopeDepth nesting of elements in the envelope
 */
public record RequestLimits(long attachment, int attachmentInMemory, int envelopeCharacters, int envelopeDepth) {}
