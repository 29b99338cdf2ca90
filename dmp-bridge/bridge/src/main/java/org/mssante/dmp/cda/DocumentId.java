package org.mssante.dmp.cda;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.mssante.core.id.Oid;

/** Turns a CDA identifier into what the DMP takes for a document's uniqueId: an OID alone. */
public final class DocumentId {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}");

    private DocumentId() {}

    /**
     * The OID of an identifier; empty where it has none. A UUID, which documents until 2022 use, is written as the OID
     * that ITU-T X.667 gives it (ITI TF-2 appendix B.6): {@code 2.25} and the UUID as a decimal number. An identifier
     * with an extension has none: the DMP takes {@code id/@root} only (CI-SIS structuration minimale, ClinicalDocument/id).
     */
    public static Optional<Oid> oid(InstanceId id) {
        if (!id.isRootOnly()) {
            return Optional.empty();
        }
        if (UUID_FORM.matcher(id.root()).matches()) {
            return Optional.of(Oid.of(UUID.fromString(id.root())));
        }
        return Oid.isOid(id.root()) ? Optional.of(new Oid(id.root())) : Optional.empty();
    }

    /** A text that is equal for equal identifiers, for identifiers that may have an extension (setId). */
    public static String key(InstanceId id) {
        return oid(id).map(Oid::value).orElse(id.root() + "^" + id.extension());
    }
}
