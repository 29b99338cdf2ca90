package org.mssante.dmp.cda;

import java.util.List;

/** relatedDocument: {@code typeCode} is RPLC, XFRM or APND. */
public record RelatedDocument(String typeCode, List<InstanceId> parents) {

    public RelatedDocument {
        parents = List.copyOf(parents);
    }

    public boolean replaces() {
        return typeCode.equals("RPLC");
    }
}
