package org.mssante.dmp.xds.vihf;

import org.mssante.dmp.xds.metadata.Code;

/**
 * In whose name a system asks the DMP, in indirect authentication: by the certificate of a structure.
 *
 * @param subject PS_IdNat of a professional, or {@code <Struct_IdNat>/<internal id>}
 * @param name of the person or system, as it stands in the journal of the DMP
 * @param structure Struct_IdNat, e.g. {@code 1750000001}
 * @param sector of the structure, e.g. SA01 of 1.2.250.1.71.4.2.4
 * @param role profession, or AUTOMATE of 1.2.250.1.213.1.1.4.6
 */
public record Requester(String subject, String name, String structure, Code sector, Code role, Software software) {

    /**
     * The program that asks.
     *
     * @param id of its editor
     * @param homologation the number of its homologation by the CNDA
     */
    public record Software(String id, String name, String version, String homologation) {}
}
