package org.mssante.annuaire.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.generate.Edition;
import org.mssante.annuaire.generate.Size;
import org.mssante.annuaire.ldap.Slapd;
import org.mssante.core.id.MailAddress;

/**
 * Our directory and OpenLDAP's with the same entries, side by side: load, look-up by mail, name search, a delta of 10,000 lines,
 * memory. Arguments: an empty folder to work in, and the number of activities (2400000 for the country); docs/performance.md says
 * what is done on either side.
 */
final class OpenLdapBenchmark {
    private static final int CONNECTIONS = 4;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int DELTA = 10_000;
    private static final double LARGEST_DELTA = 0.01;

    /** The room of the map of the database, of which only what is used is taken. */
    private static final long MOST_OCTETS = 64L << 30;

    private final Path folder;
    private final Size size;

    private OpenLdapBenchmark(Path folder, Size size) {
        this.folder = folder;
        this.size = size;
    }

    public static void main(String[] args) throws Exception {
        if (!Slapd.isInstalled()) {
            System.err.println(
                    "OpenLDAP's slapd and slapadd are missing in /usr/sbin: install Debian's package slapd.");
            System.exit(2);
        }
        new OpenLdapBenchmark(
                        Path.of(args[0]).toAbsolutePath(),
                        Size.ofCountry(args.length > 1 ? Integer.parseInt(args[1]) : Size.NATIONAL_ACTIVITIES))
                .run();
    }

    private void run() throws Exception {
        Path extracts = folder.resolve("extracts");
        Path next = folder.resolve("next");
        double changes =
                Math.min(LARGEST_DELTA, (double) DELTA / (size.activities() + size.skills() + size.mailboxes()));
        Extracts.generate(extracts, size, new Edition(0, changes));
        Extracts.generate(next, size, new Edition(1, changes));
        try (MeasuredAnnuaire ours = MeasuredAnnuaire.start(folder.resolve("run"), extracts)) {
            Path slapd = folder.resolve("slapd");
            Path ldif = folder.resolve("entries.ldif");
            double ourLoad = ours.lastRun().path("milliseconds").asLong() / 1e3;
            try (LDAPConnection connection = ours.connection()) {
                long entries = new EntryExport(connection).write(ldif);
                System.out.println(entries + " entries");
                Slapd.configure(
                        slapd,
                        connection.getEntry("cn=schema", "attributeTypes", "objectClasses"),
                        server(),
                        List.of(
                                "maxsize " + MOST_OCTETS,
                                "index objectClass,mail eq",
                                // the two attributes of the name search
                                "index cn,l sub"));
            }
            long start = System.nanoTime();
            Slapd.load(slapd, ldif, "-q");
            compare("load, s", ourLoad, secondsSince(start));
            try (Slapd theirs = Slapd.serve(slapd)) {
                List<KnownMailbox> mailboxes = KnownMailbox.of(extracts);
                search(ours, theirs, mailboxes);
                Extracts.replace(extracts, next);
                delta(ours, theirs, mailboxes);
                Resident ourMemory = ours.resident();
                Resident theirMemory = Resident.of(theirs.pid());
                compare("memory, MB", (double) ourMemory.all(), (double) theirMemory.all());
                compare("memory without mapped files, MB", (double) ourMemory.own(), (double) theirMemory.own());
            }
        }
    }

    /** With the certificate of the annuaire: both sides are asked under TLS. */
    private List<String> server() {
        Path certificate = folder.resolve("run/certs/annuaire");
        return List.of(
                "tool-threads 2",
                "TLSCertificateFile " + certificate.resolve("cert.pem"),
                "TLSCertificateKeyFile " + certificate.resolve("key.pem"));
    }

    /** In turn, so that what slows the machine slows both. */
    private static void search(MeasuredAnnuaire ours, Slapd theirs, List<KnownMailbox> mailboxes) throws Exception {
        for (int round = 0; round <= ROUNDS; round++) {
            String title = round == 0 ? "warm-up" : "round " + round;
            Asking.Figures ourMail = mail(ours::connection, mailboxes);
            Asking.Figures theirMail = mail(() -> connection(ours, theirs), mailboxes);
            System.out.println(title + ", look-up by mail: " + ourMail + "; slapd " + theirMail);
            Asking.Figures ourName = name(ours::connection, mailboxes);
            Asking.Figures theirName = name(() -> connection(ours, theirs), mailboxes);
            System.out.println(title + ", name and town: " + ourName + "; slapd " + theirName);
            if (round > 0) {
                compare("time of a look-up by mail, ms", 1e3 / ourMail.perSecond(), 1e3 / theirMail.perSecond());
                compare("time of a name search, ms", 1e3 / ourName.perSecond(), 1e3 / theirName.perSecond());
            }
        }
    }

    /** A new connection, logged in. */
    @FunctionalInterface
    private interface Door {
        LDAPConnection open() throws LDAPException;
    }

    private static LDAPConnection connection(MeasuredAnnuaire ours, Slapd theirs) throws LDAPException {
        return LdapQuestions.connection(theirs.port(), ours.tls(), Slapd.SERVICE, Slapd.PASSWORD);
    }

    private static Asking.Figures mail(Door door, List<KnownMailbox> mailboxes) throws Exception {
        try (Asking asking = new Asking(mailboxes)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                LDAPConnection connection = door.open();
                asking.add("mail", Duration.ZERO, LdapQuestions.mail(connection))
                        .closing(connection);
            }
            return asking.during(() -> Thread.sleep(ROUND.toMillis())).get("mail");
        }
    }

    private static Asking.Figures name(Door door, List<KnownMailbox> mailboxes) throws Exception {
        LDAPConnection connection = door.open();
        try (Asking asking = new Asking(mailboxes).closing(connection)) {
            return asking.add("name", Duration.ZERO, LdapQuestions.nameAndTown(connection))
                    .during(() -> Thread.sleep(ROUND.toMillis()))
                    .get("name");
        }
    }

    /** Ours finds what has changed; slapd is told, by as many operations of each kind, one after the other on one connection. */
    private static void delta(MeasuredAnnuaire ours, Slapd theirs, List<KnownMailbox> mailboxes) throws Exception {
        long start = System.nanoTime();
        JsonNode kinds = ours.look().path("changes");
        double took = secondsSince(start);
        int added = sum(kinds, "added");
        int changed = sum(kinds, "changed");
        int removed = sum(kinds, "removed");
        System.out.printf("delta: %d entries new, %d changed, %d gone%n", added, changed, removed);
        List<Entry> entries = new ArrayList<>();
        try (LDAPConnection connection = connection(ours, theirs)) {
            for (Iterator<KnownMailbox> each = mailboxes.iterator();
                    each.hasNext() && entries.size() < Math.max(added, Math.max(changed, removed)); ) {
                connection
                        .search(
                                LdapNames.branchDn(LdapNames.MAILBOXES),
                                SearchScope.ONE,
                                "(mail=" + each.next().address() + ")")
                        .getSearchEntries()
                        .forEach(entries::add);
            }
            start = System.nanoTime();
            for (int i = 0; i < changed; i++) {
                connection.modify(
                        entries.get(i % entries.size()).getDN(),
                        new Modification(ModificationType.REPLACE, "l", "Ville " + i));
            }
            for (int i = 0; i < added; i++) {
                Entry entry = entries.get(i % entries.size()).duplicate();
                String address = "nouveau" + i + "@demo.mssante.fr";
                entry.setAttribute(LdapNames.MAIL, address);
                entry.setDN(LdapNames.mailboxDn(MailAddress.parse(address)));
                connection.add(entry);
            }
            for (int i = 0; i < Math.min(removed, entries.size()); i++) {
                connection.delete(entries.get(i).getDN());
            }
        }
        compare("delta, s", took, secondsSince(start));
    }

    private static int sum(JsonNode kinds, String what) {
        int sum = 0;
        for (JsonNode kind : kinds) {
            sum += kind.path(what).asInt();
        }
        return sum;
    }

    /** What costs: above 1 we are ahead. */
    private static void compare(String what, double ours, double theirs) {
        System.out.printf(Locale.ROOT, "%s: ours %.3f, slapd %.3f, ratio %.2f%n", what, ours, theirs, theirs / ours);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
