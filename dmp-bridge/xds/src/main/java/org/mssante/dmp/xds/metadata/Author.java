package org.mssante.dmp.xds.metadata;

import java.util.List;
import java.util.Optional;

/**
 * One author of a document or of a submission: a person or system, the structures it acted for, its roles (text) and
 * specialities.
 */
public record Author(Optional<Xcn> person, List<Xon> institutions, List<String> roles, List<Specialty> specialties) {

    public Author {
        institutions = List.copyOf(institutions);
        roles = List.copyOf(roles);
        specialties = List.copyOf(specialties);
        if (person.isEmpty() && institutions.isEmpty()) {
            throw new InvalidMetadataException("an author has a person or an institution");
        }
    }
}
