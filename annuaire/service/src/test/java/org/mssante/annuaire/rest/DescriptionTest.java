package org.mssante.annuaire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.office.CredentialOffice;
import org.mssante.annuaire.office.DelegationOffice;
import org.mssante.annuaire.office.MailboxOffice;
import org.mssante.annuaire.office.Rules;
import org.mssante.annuaire.registry.AppPasswordRules;
import org.mssante.annuaire.registry.AppPasswords;
import org.mssante.annuaire.registry.Delegations;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.PasswordHashing;
import org.mssante.annuaire.registry.Passwords;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.RegisterFlags;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.annuaire.registry.SecondFactors;
import org.mssante.annuaire.registry.SecretSeal;
import org.mssante.annuaire.registry.Secrets;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.HoldRules;
import org.mssante.annuaire.sync.KnownProfessionals;
import org.mssante.annuaire.sync.SyncHistory;
import org.mssante.annuaire.sync.TakeOvers;
import org.mssante.core.trace.Trace;

/** The description of the API says what the API does, no more and no less. */
final class DescriptionTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    @Test
    void describesEachMethodOfEachPathWithItsPlacesAndItsQuery(@TempDir Path folder) throws IOException {
        Map<String, Set<String>> described = new TreeMap<>();
        JsonNode description = Description.read();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (!method.getKey().equals("parameters")) {
                        Set<String> parameters = new TreeSet<>();
                        parameters.addAll(parameters(description, path.getValue()));
                        parameters.addAll(parameters(description, method.getValue()));
                        described.put(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), parameters);
                    }
                }));
        Map<String, Set<String>> routed = new TreeMap<>();
        for (Routes.Route route : routes(folder)) {
            Set<String> parameters = new TreeSet<>();
            route.query().forEach(name -> parameters.add("query " + name));
            Matcher places = PLACE.matcher(route.path().text());
            while (places.find()) {
                parameters.add("path " + places.group(1));
            }
            routed.put(route.method() + " " + route.path().text(), parameters);
        }

        assertThat(described).isEqualTo(routed);
    }

    @Test
    void describesThePropertiesThatAreRead() throws IOException {
        Set<String> known = new HashSet<>(MailboxJson.TEXTS);
        known.addAll(MailboxJson.FLAGS);
        known.addAll(MailboxJson.NUMBERS);
        known.add("reason");

        assertThat(fields("/paths/~1mailboxes~1{address}/patch")).isEqualTo(known);
        known.addAll(Set.of("address", "type"));
        assertThat(fields("/paths/~1mailboxes/post")).isEqualTo(known);
    }

    @Test
    void describesTheConstantsThatAreKnown() throws IOException {
        assertThat(constants("Type")).containsExactlyElementsOf(names(MailboxType.values()));
        assertThat(constants("State")).containsExactlyElementsOf(names(MailboxState.values()));
        assertThat(constants("Rights/items")).containsExactlyElementsOf(names(MemberRight.values()));
    }

    @Test
    void everyReferenceLeadsSomewhere() throws IOException {
        JsonNode description = Description.read();
        assertThat(description.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                description.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static List<String> names(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).toList();
    }

    private static List<String> constants(String schema) throws IOException {
        List<String> constants = new ArrayList<>();
        Description.read().at("/components/schemas/" + schema + "/enum").forEach(one -> constants.add(one.asText()));
        return constants;
    }

    private static Set<String> fields(String operation) throws IOException {
        Set<String> names = new HashSet<>();
        Description.read()
                .at(operation + "/requestBody/content/application~1json/schema/properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private static Set<String> parameters(JsonNode description, JsonNode place) {
        Set<String> names = new TreeSet<>();
        place.path("parameters").forEach(reference -> {
            JsonNode parameter = description.at(reference.path("$ref").asText().substring(1));
            if (!parameter.path("in").asText().equals("header")) {
                names.add(parameter.path("in").asText() + " "
                        + parameter.path("name").asText());
            }
        });
        return names;
    }

    private static List<Routes.Route> routes(Path folder) throws IOException {
        Clock clock = Clock.systemUTC();
        Trace trace = entry -> {};
        var random = new SecureRandom();
        try (RegistryDatabase database = RegistryDatabase.open(folder, 2);
                DirectoryIndex index = DirectoryIndex.open(
                        Files.createDirectory(folder.resolve("index")), 1, Duration.ofMinutes(1), Clock.systemUTC())) {
            MailboxRegistry registry = new MailboxRegistry(database, PersonalFixture.ADMISSION, trace, clock);
            Secrets secrets = new Secrets(folder, random);
            PasswordHashing hashing = new PasswordHashing(new PasswordHashing.Cost(64, 1, 1), Set.of(), 1, random);
            Delegations delegations = new Delegations(database, trace, clock);
            MailboxOffice.Records records = new MailboxOffice.Records(
                    registry,
                    new RegisterFlags(database, registry, trace, clock),
                    delegations,
                    new Passwords(database, registry, hashing, secrets),
                    secrets,
                    new KnownProfessionals(index));
            DirectoryView view = new DirectoryView(
                    index,
                    registry,
                    new RegisterMemory(database),
                    trace,
                    new DirectoryView.Configuration(
                            folder, false, folder, 1_024, 1_024, new HoldRules(1, 1, 1, 1, 1, 1), List.of()),
                    new SyncHistory(folder.resolve("runs")),
                    clock);
            try (TakeOvers takeOvers = new TakeOvers(view, Duration.ofSeconds(1))) {
                Rules rules = new Rules(Set.of(), false);
                MailboxOffice office = new MailboxOffice(records, rules, takeOvers, Duration.ZERO);
                ApiLimits limits = new ApiLimits(1_024, Duration.ofSeconds(1), 1, 1);
                CredentialOffice credentials = new CredentialOffice(
                        office,
                        new AppPasswords(
                                database, hashing, new AppPasswordRules(1, Duration.ofDays(1)), random, trace, clock),
                        new SecondFactors(
                                database, new SecretSeal(secrets.random(), random), "MSSante", random, trace, clock));
                return new AdministrationSite(
                                office, credentials, new DelegationOffice(delegations, rules), limits, trace, clock)
                        .routes()
                        .all();
            }
        }
    }
}
