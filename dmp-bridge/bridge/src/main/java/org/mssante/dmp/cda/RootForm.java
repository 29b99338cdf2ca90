package org.mssante.dmp.cda;

/** The three forms of a CDA file, told apart by its root element (CI-SIS structuration minimale, §3). */
public enum RootForm {
    /** {@code {urn:hl7-org:v3}ClinicalDocument}. */
    DOCUMENT("text/xml"),
    /** {@code xsl:stylesheet} that carries the document to show ("autoprésentable"); its templates are never run. */
    STYLESHEET("application/xslt+xml"),
    /** {@code ds:Signature} that envelops the document. */
    SIGNED("text/xml");

    private final String mimeType;

    RootForm(String mimeType) {
        this.mimeType = mimeType;
    }

    /** The media type a document of this form is filed with. */
    public String mimeType() {
        return mimeType;
    }
}
