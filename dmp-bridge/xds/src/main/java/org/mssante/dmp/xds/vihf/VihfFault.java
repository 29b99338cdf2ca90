package org.mssante.dmp.xds.vihf;

/** Why a VIHF is not accepted. The code is the subcode of the SOAP fault; those with MSS are this project's own. */
public enum VihfFault {
    /** There is none, or more than one. */
    MISSING("MSSVihfMissing"),
    /** It is no SAML 2.0 assertion, or lacks what a VIHF has. */
    MALFORMED("MSSVihfMalformed"),
    /** It is not signed as a whole, or changed since. */
    SIGNATURE("MSSVihfSignature"),
    /** The certificate that signed it is no signature certificate of a structure that is let in: the DMP's own code. */
    CERTIFICATE("DMPInvalidCertificate"),
    /** It was issued too long ago or in the future, or its conditions say so. */
    WINDOW("MSSVihfWindow"),
    /** It is about another patient than the request. */
    PATIENT("MSSVihfPatient");

    private final String code;

    VihfFault(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
