package org.mssante.dmp.xds.soap;

/** XML name spaces of the port types. */
public final class XdsNamespace {
    public static final String XDS_B = "urn:ihe:iti:xds-b:2007";
    public static final String RS = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0";
    public static final String QUERY = "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0";
    public static final String HL7_V3 = "urn:hl7-org:v3";
    /** Gestion du dossier patient partagé, the DMP's service of patients. */
    public static final String GDP = "asip:ci-sis:gdp:2010";

    private XdsNamespace() {}
}
