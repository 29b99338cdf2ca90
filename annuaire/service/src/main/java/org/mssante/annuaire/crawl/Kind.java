package org.mssante.annuaire.crawl;

/** The resources that are read, in their order: who is referred to comes before who refers. */
enum Kind {
    ORGANIZATION("Organization"),
    PRACTITIONER("Practitioner"),
    ROLE("PractitionerRole");

    private final String resource;

    Kind(String resource) {
        this.resource = resource;
    }

    /** Its name in FHIR. */
    String resource() {
        return resource;
    }
}
