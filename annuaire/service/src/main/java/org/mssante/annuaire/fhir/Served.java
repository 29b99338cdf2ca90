package org.mssante.annuaire.fhir;

import ca.uhn.fhir.model.api.Include;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A type of resource as it is served: with what else its searches give. */
interface Served extends IResourceProvider {
    /** Values of {@code _include}. */
    List<String> includes();

    /** Values of {@code _revinclude}. */
    List<String> reverseIncludes();

    /** The profile of the national API that its resources have. */
    String profile();

    /**
     * The values of {@code _include} that a client gives. HAPI lets everything pass where {@code *} is one of those that may be.
     *
     * @param given as HAPI has it: null where there is none
     */
    default Set<String> included(Set<Include> given) {
        Set<String> values = Optional.ofNullable(given).orElse(Set.of()).stream()
                .map(Include::getValue)
                .collect(Collectors.toUnmodifiableSet());
        for (String value : values) {
            if (!includes().contains(value)) {
                throw new InvalidRequestException("this server knows as _include of "
                        + getResourceType().getSimpleName() + " " + String.join(", ", includes()) + " alone");
            }
        }
        return values;
    }
}
