package org.mssante.dmp.xds.signature;

import java.util.Set;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.utils.Constants;
import org.mssante.dmp.xds.metadata.Code;

/** Names and codes of a signature as a document (IHE DSG; the DMP's own examples of TD2.1). */
final class Dsg {
    static final String DS = Constants.SignatureSpecNS;
    static final String ID = "Id";
    static final String MANIFEST = "Manifest";
    static final String MANIFEST_ID = "IHEManifest";
    static final String MANIFEST_TYPE = DS + MANIFEST;
    static final String REFERENCE = "Reference";
    static final String OID = "urn:oid:";
    static final String CANONICAL = Transforms.TRANSFORM_C14N_WITH_COMMENTS;
    /** What may be done to what is referenced: these leave its meaning alone. */
    static final Set<String> CANONICALISATIONS = Set.of(CANONICAL, Transforms.TRANSFORM_C14N_OMIT_COMMENTS);

    static final String ENTRY_ID = "Signature01";
    static final String MIME_TYPE = "text/xml";
    static final String LANGUAGE = "art";
    /** Of signatures: by the source of what is signed (ASTM E1762). */
    static final Code PURPOSE = new Code("1.2.840.10065.1.12.1.14", "1.2.840.10065.1.12", "Source");

    static final Code CLASS = new Code("urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1", "URN", "Digital Signature");
    static final Code TYPE = new Code("E1762", "ASTM", "Full Document");
    static final Code FORMAT = new Code(DS, "URN", "Default Signature Style");
    static final Code NORMAL = new Code("N", "2.16.840.1.113883.5.25", "Normal");
    /** Not signed: the purpose is the same in all signatures of submissions. */
    static final String PURPOSE_ID = "purposeOfSignature";

    private Dsg() {}
}
