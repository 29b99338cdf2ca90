package org.mssante.dmp.xds.iti41;

import org.mssante.dmp.xds.metadata.DocumentEntry;

/**
 * The signature of a submission, which travels in it as a document of its own and signs the submission set.
 *
 * @param content an XML signature
 */
public record SignatureDocument(DocumentEntry entry, DocumentContent content) {}
