package org.mssante.dmp.cda;

/** The content model a document claims: the OID of the model and its version, empty where none is given. */
public record TemplateId(String root, String version) {}
