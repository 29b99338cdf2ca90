package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Code;

/**
 * A structure of the header.
 *
 * @param ids the national one has the root 1.2.250.1.71.4.2.2 (Struct_IdNat)
 * @param name empty where the document gives none
 * @param practiceSetting standardIndustryClassCode (JDV_J04)
 */
public record Organisation(List<InstanceId> ids, String name, Optional<Code> practiceSetting) {

    public Organisation {
        ids = List.copyOf(ids);
    }
}
