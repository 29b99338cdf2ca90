package org.mssante.dmp.xds.signature;

/** Editions of XAdES whose basic form (BES) is known here. */
public enum XadesForm {
    /** That of the DMP's examples: SigningCertificate with issuer and serial, the policy implied. */
    V1_1_1(
            "http://uri.etsi.org/01903/v1.1.1#",
            "http://uri.etsi.org/01903/v1.1.1#SignedProperties",
            "SigningCertificate"),
    /** ETSI EN 319 132-1: SigningCertificateV2, the format of what is signed. */
    V1_3_2("http://uri.etsi.org/01903/v1.3.2#", "http://uri.etsi.org/01903#SignedProperties", "SigningCertificateV2");

    private final String namespace;
    private final String propertiesType;
    private final String certificateProperty;

    XadesForm(String namespace, String propertiesType, String certificateProperty) {
        this.namespace = namespace;
        this.propertiesType = propertiesType;
        this.certificateProperty = certificateProperty;
    }

    String namespace() {
        return namespace;
    }

    /** Type of the reference to the signed properties. */
    String propertiesType() {
        return propertiesType;
    }

    /** The element that names the signing certificate. */
    String certificateProperty() {
        return certificateProperty;
    }
}
