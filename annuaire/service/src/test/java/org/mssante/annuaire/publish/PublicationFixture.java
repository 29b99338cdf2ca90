package org.mssante.annuaire.publish;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.annuaire.registry.TakenMailboxes;
import org.mssante.core.id.MailAddress;
import org.mssante.core.time.SettableClock;
import org.mssante.core.trace.TraceEntry;

/** A registry with a few mailboxes to publish. */
final class PublicationFixture implements AutoCloseable {
    static final MailAddress PER = MailAddress.parse("dr.o'hara@demo.mssante.fr");
    static final MailAddress ORG = MailAddress.parse("accueil@demo.mssante.fr");
    static final MailAddress UNLISTED = MailAddress.parse("dr.discret@demo.mssante.fr");

    private static final ChangeNote NOTE = new ChangeNote("operator test", "because the test says so");

    final List<TraceEntry> trace = new ArrayList<>();
    final RegistryDatabase database;
    final MailboxRegistry registry;
    final RegisterMemory memory;

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));

    PublicationFixture(Path folder) {
        database = RegistryDatabase.open(folder, 2);
        registry = new MailboxRegistry(database, PersonalFixture.ADMISSION, entry -> {}, Clock.systemUTC());
        memory = new RegisterMemory(database);
        create(PER, Map.of("type", "PER", "holder", "10999010019"));
        create(
                ORG,
                Map.of(
                        "type",
                        "ORG",
                        "structure",
                        "1990000010",
                        "description",
                        "Boîte \"commune\"",
                        "service",
                        "Accueil",
                        "responsable",
                        "Mme Exemple"));
        create(UNLISTED, Map.of("type", "PER", "holder", "10999010035", "listeRouge", "true"));
    }

    MailboxPublication to(AnnuairePublisher publisher) {
        return to("file", publisher);
    }

    MailboxPublication to(String destination, AnnuairePublisher publisher) {
        return new MailboxPublication(
                registry, new TakenMailboxes(database, destination, clock), memory, publisher, trace::add);
    }

    void change(MailAddress address, String property, String value) {
        registry.change(address, present -> MailboxProperties.change(present, Map.of(property, value)), NOTE);
    }

    private void create(MailAddress address, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("displayName", "Boîte " + address.local());
        registry.create(MailboxProperties.create(address, all), NOTE);
    }

    @Override
    public void close() {
        database.close();
    }
}
