package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.Specialty;
import org.mssante.dmp.xds.metadata.Xcn;
import org.mssante.dmp.xds.metadata.Xon;

/** Participants of a header to HL7 v2 persons and structures (CI-SIS volet Transmission: XCN and XON). */
final class AuthorMapping {
    private static final String PS_ID_NAT = "1.2.250.1.71.4.2.1";
    private static final String STRUCT_ID_NAT = "1.2.250.1.71.4.2.2";

    private final InsRules insRules;

    AuthorMapping(InsRules insRules) {
        this.insRules = insRules;
    }

    /** Empty where the document names neither person, system nor structure. */
    Optional<Author> author(Participant author) {
        Optional<Xcn> person = person(author);
        List<Xon> institutions =
                author.organisation().flatMap(AuthorMapping::structure).stream().toList();
        if (person.isEmpty() && institutions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Author(
                person,
                institutions,
                author.function().stream().toList(),
                author.code().map(AuthorMapping::specialty).stream().toList()));
    }

    /** The legal authenticator; a structure or system that answers for the document stands by its identifier. */
    Optional<Xcn> signatory(Participant signatory) {
        return person(signatory)
                .or(() ->
                        best(signatory.ids(), PS_ID_NAT).map(id -> professional(Optional.of(id), signatory.person())));
    }

    private Optional<Xcn> person(Participant author) {
        Optional<InstanceId> id = best(author.ids(), PS_ID_NAT);
        if (author.device().isPresent()) {
            Participant.Device device = author.device().get();
            return Optional.of(Xcn.of(
                    id.map(InstanceId::extension).orElse(""),
                    device.softwareName(),
                    device.modelName(),
                    id.map(InstanceId::root).orElse(""),
                    Xcn.UNSPECIFIED_NAME,
                    Xcn.SYSTEM_ID));
        }
        if (id.isPresent() && insRules.accepts(id.get().root())) {
            return Optional.of(Xcn.of(
                    id.get().extension(),
                    author.person().anyFamily(),
                    author.person().anyGiven(),
                    id.get().root(),
                    Xcn.DISPLAY_NAME,
                    Cx.INS_TYPE));
        }
        if (author.person().isEmpty() && (id.isEmpty() || id.get().isRootOnly())) {
            return Optional.empty();
        }
        return Optional.of(professional(id, author.person()));
    }

    private static Xcn professional(Optional<InstanceId> id, Name name) {
        return Xcn.professional(
                id.map(InstanceId::extension).orElse(""),
                name.anyFamily(),
                name.anyGiven(),
                id.map(InstanceId::root).orElse(""));
    }

    private static Optional<Xon> structure(Organisation organisation) {
        Optional<InstanceId> id = best(organisation.ids(), STRUCT_ID_NAT);
        if (id.isEmpty() && organisation.name().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Xon.structure(
                organisation.name(),
                id.map(InstanceId::extension).orElse(""),
                id.map(InstanceId::root).orElse("")));
    }

    private static Specialty specialty(Code code) {
        return Specialty.of(code);
    }

    /** The identifier of the national authority, else the first. */
    private static Optional<InstanceId> best(List<InstanceId> ids, String root) {
        return ids.stream()
                .filter(id -> id.root().equals(root))
                .findFirst()
                .or(() -> ids.stream().findFirst());
    }
}
