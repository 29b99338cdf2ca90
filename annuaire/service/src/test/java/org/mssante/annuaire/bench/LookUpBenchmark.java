package org.mssante.annuaire.bench;

import com.unboundid.ldap.sdk.LDAPConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mssante.annuaire.generate.Edition;
import org.mssante.annuaire.generate.Size;

/**
 * How long answers take while nothing else goes on, and while an edition is taken over in which one line in a hundred has changed:
 * look-ups by mail on four connections, and beside them at a person's pace a name with a town over LDAP and a mailbox over FHIR. The
 * look-ups come each as soon as the last one was answered, which leaves no processor idle, and while a further edition is taken over
 * at a pace above the country's. Arguments: an empty folder to work in, and the number of activities (2400000 for the
 * country); docs/performance.md says more.
 */
final class LookUpBenchmark {
    private static final int CONNECTIONS = 4;
    private static final double CHANGES = 0.01;
    private static final Duration PACE = Duration.ofMillis(20);
    /** 1,000 a second on all connections. */
    private static final Duration COUNTRY = Duration.ofMillis(4);

    private static final Duration FLAT_OUT = Duration.ZERO;
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private LookUpBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        Size size = Size.ofCountry(args.length > 1 ? Integer.parseInt(args[1]) : Size.NATIONAL_ACTIVITIES);
        Path extracts = folder.resolve("extracts");
        Path next = folder.resolve("next");
        Path last = folder.resolve("last");
        Extracts.generate(extracts, size, new Edition(0, CHANGES));
        Extracts.generate(next, size, new Edition(1, CHANGES));
        Extracts.generate(last, size, new Edition(2, CHANGES));
        try (MeasuredAnnuaire annuaire = MeasuredAnnuaire.start(folder.resolve("run"), extracts)) {
            List<KnownMailbox> mailboxes = KnownMailbox.of(extracts);
            try (Asking asking = asking(annuaire, mailboxes, FLAT_OUT)) {
                measure(asking, "warming up", () -> Thread.sleep(WARM_UP.toMillis()));
                measure(asking, "nothing else goes on", () -> Thread.sleep(QUIET.toMillis()));
                Extracts.replace(extracts, next);
                measure(asking, "one line in a hundred is taken over", annuaire::look);
            }
            try (Asking asking = asking(annuaire, mailboxes, COUNTRY)) {
                Extracts.replace(extracts, last);
                measure(asking, "one line in a hundred is taken over, look-ups at a pace", annuaire::look);
            }
            Resident memory = annuaire.resident();
            System.out.printf("memory: %d MB, %d MB without mapped files%n", memory.all(), memory.own());
        }
    }

    private static Asking asking(MeasuredAnnuaire annuaire, List<KnownMailbox> mailboxes, Duration lookUps)
            throws Exception {
        Asking asking = new Asking(mailboxes);
        for (int i = 0; i < CONNECTIONS; i++) {
            LDAPConnection connection = annuaire.connection();
            asking.add("look-up by mail", lookUps, LdapQuestions.mail(connection))
                    .closing(connection);
        }
        LDAPConnection connection = annuaire.connection();
        return asking.add("name and town", PACE, LdapQuestions.nameAndTown(connection))
                .closing(connection)
                .add("mailbox over FHIR", PACE, annuaire.overFhir());
    }

    private static void measure(Asking asking, String what, Asking.Work work) throws Exception {
        long start = System.nanoTime();
        Map<String, Asking.Figures> figures = asking.during(work);
        System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - start) / 1e9);
        figures.forEach((question, figure) -> System.out.println("  " + question + ": " + figure));
    }
}
