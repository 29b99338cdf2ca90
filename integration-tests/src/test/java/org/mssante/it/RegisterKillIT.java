package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.it.client.MssanteCommand;
import org.mssante.it.client.Program;
import org.mssante.it.instance.Folders;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.load.DirectoryContent;
import org.mssante.launcher.instance.ServiceKind;

/**
 * The annuaire dies at any moment while it takes over an edition of the register: it comes back with the old edition or the new
 * one, whole, and the next look completes. {@code -Dmssante.register.kills=50} says how often, {@code -Dmssante.kill.seed=N}
 * plays a sequence again.
 */
@Timeout(3600)
class RegisterKillIT {
    private static final int KILLS = Integer.getInteger("mssante.register.kills", 5);
    private static final int ACTIVITIES = 40_000;
    /** Each so many kills the index is gone, too: what dies then is a first load. */
    private static final int ANEW = 5;

    private static final Duration CHECK = Duration.ofSeconds(1);
    private static final Pattern MILLISECONDS = Pattern.compile("\"milliseconds\":([0-9]+)");

    private final long seed =
            Optional.ofNullable(Long.getLong("mssante.kill.seed")).orElseGet(System::nanoTime);

    private final Random random = new Random(seed);

    private final TestInstance instance = TestInstance.prepare("register-kill").withCertificates();
    private final Path link = instance.instance().runDir().resolve("register/extracts");

    /** An edition, and what the directory shows once it is in force. */
    private record Edition(Path folder, DirectoryContent content) {}

    @BeforeAll
    static void commands() throws IOException {
        MssanteCommand.tellWhatIsBuilt();
    }

    @Test
    void comesBackWithOneEditionOrTheOtherWholeWheneverItIsKilled() throws IOException, LDAPException {
        System.out.println("RegisterKillIT: seed " + seed);
        Files.createDirectories(link.getParent());
        Path first = generate(link.resolveSibling("first"), 0);
        Path second = generate(link.resolveSibling("second"), 1);
        pointTo(first);
        instance.set(ServiceKind.ANNUAIRE, "register.extracts", link.toString())
                .set(ServiceKind.ANNUAIRE, "register.check.interval", CHECK.toString())
                .set(ServiceKind.ANNUAIRE, "register.hold.removed-percent", "100")
                .set(ServiceKind.ANNUAIRE, "register.hold.changed-percent", "100")
                .set(ServiceKind.ANNUAIRE, "register.hold.domain.removed-percent", "100");
        try (instance) {
            instance.up(ServiceKind.ANNUAIRE);
            Edition one = new Edition(first, DirectoryContent.of(instance));
            pointTo(second);
            Edition other = new Edition(second, awaitChange(one.content()));
            pointTo(first);
            awaitContent(one.content());
            kill(one, other, lastLoad());
        }
    }

    /** @param load how long one takes here, from the moment its files are there */
    private void kill(Edition inForce, Edition next, Duration load) throws IOException, LDAPException {
        int old = 0;
        Edition present = inForce;
        Edition coming = next;
        for (int i = 1; i <= KILLS; i++) {
            pointTo(coming.folder());
            if (i % ANEW == 0) {
                instance.kill(ServiceKind.ANNUAIRE);
                Folders.delete(instance.instance().runDir().resolve("annuaire/data/index"));
                instance.begin(ServiceKind.ANNUAIRE);
            }
            passTime(Duration.ofMillis(random.nextLong(load.toMillis())));
            instance.kill(ServiceKind.ANNUAIRE);
            instance.restart(ServiceKind.ANNUAIRE);

            DirectoryContent content = DirectoryContent.of(instance);
            assertThat(content)
                    .as("kill %d, seed %d", i, seed)
                    .isIn(i % ANEW == 0 ? List.of(coming.content()) : List.of(present.content(), coming.content()));
            old += content.equals(present.content()) ? 1 : 0;
            if (i % ANEW == 0 || random.nextInt(3) > 0) {
                awaitContent(coming.content());
                Edition gone = present;
                present = coming;
                coming = gone;
            }
        }
        pointTo(present.folder());
        awaitContent(present.content());
        report(old, present.content());
    }

    private Duration lastLoad() throws IOException {
        Path runs = instance.instance().runDir().resolve("annuaire/data/register-runs.jsonl");
        List<String> lines = Files.readAllLines(runs, StandardCharsets.UTF_8);
        Matcher took = MILLISECONDS.matcher(lines.get(lines.size() - 1));
        assertThat(took.find()).isTrue();
        return CHECK.plusMillis(Long.parseLong(took.group(1)));
    }

    /** In one step, as somebody who knows what he does replaces three files. */
    private void pointTo(Path extracts) throws IOException {
        Path fresh = link.resolveSibling("extracts.new");
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, extracts);
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path generate(Path folder, int edition) {
        Program.Result made = MssanteCommand.run(
                "annuaire",
                "generate",
                folder.toString(),
                "--activities=" + ACTIVITIES,
                "--skills=" + ACTIVITIES / 5,
                "--mailboxes=" + ACTIVITIES / 4,
                "--changes=0.05",
                "--edition=" + edition);
        assertThat(made.exitCode()).as(made.all()).isZero();
        return folder;
    }

    private DirectoryContent awaitChange(DirectoryContent before) {
        return Awaitility.await("another edition is in force")
                .atMost(TestInstance.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> DirectoryContent.of(instance), content -> !content.equals(before));
    }

    private void awaitContent(DirectoryContent expected) {
        Awaitility.await("the edition is in force, seed " + seed)
                .atMost(TestInstance.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(DirectoryContent.of(instance)).isEqualTo(expected));
    }

    /** The moment of the kill is to fall anywhere in a load: here waiting is the point. */
    private static void passTime(Duration duration) {
        Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
    }

    private void report(int old, DirectoryContent content) throws IOException {
        String text = "RegisterKillIT: seed %d, %d kills; the old edition came back %d times, the new one %d times; %s"
                .formatted(seed, KILLS, old, KILLS - old, content.entries());
        System.out.println(text);
        Path file = TestInstance.home().resolve("integration-tests/target/register-kill-report.txt");
        Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
    }
}
