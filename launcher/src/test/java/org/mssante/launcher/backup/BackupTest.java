package org.mssante.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.InstanceRunner;

/** A backup of an instance that is down, and its way back. */
class BackupTest {
    private static final String SERVER_DATABASE = "server/data/mail.mv.db";
    private static final String TRUST_LIST = "server/data/trust/last-good-trust-list.xml";
    private static final String TRACE = "bridge/trace/2026-11-20.jsonl";
    private static final String SECRET = "secrets/ldap-server.secret";

    @TempDir
    private Path folder;

    private Instance instance;
    private Path backup;

    @BeforeEach
    void layOut() throws IOException {
        instance = instance("run");
        backup = folder.resolve("backup");
        write(instance, SERVER_DATABASE, "mails");
        write(instance, "bridge/data/bridge.mv.db", "ledger");
        write(instance, "store/data/store.mv.db", "documents");
        write(instance, "annuaire/data/registry.mv.db", "mailboxes");
        write(instance, TRUST_LIST, "list");
        write(instance, TRACE, "{}\n");
        write(instance, SECRET, "secret");
        write(instance, "server/log/server.log", "not in a backup");
        Files.setPosixFilePermissions(instance.runDir().resolve(SECRET), PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void everyPartComesBackOctetForOctetIntoAnEmptyInstance() throws IOException {
        backUp(false);
        Instance other = instance("other");

        restore(other, false);

        for (String file : List.of(
                SERVER_DATABASE,
                "bridge/data/bridge.mv.db",
                "store/data/store.mv.db",
                "annuaire/data/registry.mv.db",
                TRUST_LIST,
                TRACE)) {
            assertThat(other.runDir().resolve(file))
                    .hasSameBinaryContentAs(instance.runDir().resolve(file));
        }
        assertThat(other.runDir().resolve("server/log/server.log")).doesNotExist();
        assertThat(files(other)).noneMatch(path -> path.toString().contains("restor"));
    }

    @Test
    void secretsAreLeftOutUnlessAskedForAndThenKeepTheirRights() throws IOException {
        backUp(false);
        Instance without = instance("without");
        restore(without, false);
        assertThat(without.runDir().resolve(SECRET)).doesNotExist();

        backup = folder.resolve("with-keys");
        backUp(true);
        Instance with = instance("with");
        restore(with, false);
        assertThat(with.runDir().resolve(SECRET)).hasContent("secret");
        assertThat(rights(with.runDir().resolve(SECRET))).isEqualTo("rw-------");
    }

    @Test
    void onlyItsOwnerMayEnterABackup() throws IOException {
        backUp(false);

        assertThat(rights(backup)).isEqualTo("rwx------");
        assertThat(backup.resolve("manifest.json")).content().contains(SERVER_DATABASE.substring(0, 6), "sha256");
    }

    @Test
    void anInstanceThatIsNotEmptyIsNotTouchedWithoutForce() throws IOException {
        backUp(false);
        write(instance, SERVER_DATABASE, "newer mails");

        assertThatThrownBy(() -> restore(instance, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is not empty")
                .hasMessageContaining("--force");

        assertThat(instance.runDir().resolve(SERVER_DATABASE)).hasContent("newer mails");
        assertThat(files(instance)).noneMatch(path -> path.toString().contains("restor"));
    }

    @Test
    void forceMovesWhatIsThereAsideAndDeletesNothing() throws IOException {
        backUp(false);
        write(instance, SERVER_DATABASE, "newer mails");
        write(instance, "annuaire/data/index/segments", "of newer mailboxes");

        restore(instance, true);

        assertThat(instance.runDir().resolve(SERVER_DATABASE)).hasContent("mails");
        assertThat(instance.runDir().resolve("annuaire/data/index")).doesNotExist();
        assertThat(files(instance).stream()
                        .filter(path -> path.getFileName().toString().startsWith("mail.mv.db.before-restore-")))
                .singleElement()
                .satisfies(path -> assertThat(path).hasContent("newer mails"));
    }

    @Test
    void aDamagedPartIsFoundBeforeAnythingChanges() throws IOException {
        backUp(false);
        Path part = backup.resolve("databases/server.zip");
        byte[] bytes = Files.readAllBytes(part);
        bytes[bytes.length / 2] ^= 1;
        Files.write(part, bytes);
        Instance other = instance("other");

        assertThatThrownBy(() -> restore(other, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(part.toString());

        assertThat(files(other)).isEmpty();
    }

    @Test
    void aFolderWithoutItsManifestIsNoBackup() throws IOException {
        backUp(false);
        Files.delete(backup.resolve("manifest.json"));

        assertThatThrownBy(() -> restore(instance("other"), false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("holds no whole backup");
    }

    @Test
    void aManifestThatLeadsOutOfTheRunFolderIsRefused() throws IOException {
        backUp(false);
        Path manifest = backup.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest, StandardCharsets.UTF_8).replace("\"" + TRUST_LIST, "\"../" + TRUST_LIST),
                StandardCharsets.UTF_8);

        assertThatThrownBy(() -> restore(instance("other"), false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void aFolderThatIsNotEmptyIsNotBackedUpInto() throws IOException {
        Files.createDirectories(backup);
        Files.writeString(backup.resolve("note"), "mine", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> backUp(false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is not empty");
    }

    @Test
    void aDatabaseSomebodyElseUsesIsNotCopied() throws IOException {
        try (FileChannel file = FileChannel.open(
                        instance.runDir().resolve(SERVER_DATABASE), StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = file.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> backUp(false))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("is in use");
        }
        assertThat(backup.resolve("manifest.json")).doesNotExist();
    }

    @Test
    void nothingStartsAfterARestoreThatWasInterruptedUntilItIsRunAgain() throws IOException {
        backUp(false);
        Instance other = instance("other");
        write(other, SERVER_DATABASE, "of half a restore");
        Files.writeString(InstanceRunner.restoreNote(other), backup + "\n", StandardCharsets.UTF_8);

        InstanceRunner runner =
                new InstanceRunner(other, InstanceRunner.Limits.defaults(), Clock.systemUTC(), line -> {});
        assertThatThrownBy(runner::up)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("A restore was interrupted");

        assertThatCode(() -> restore(other, false)).doesNotThrowAnyException();
        assertThat(other.runDir().resolve(SERVER_DATABASE)).hasContent("mails");
        assertThat(InstanceRunner.interruptedRestore(other)).isEmpty();
    }

    private void backUp(boolean withKeys) {
        new Backup(instance, Clock.systemUTC(), line -> {}).to(backup, withKeys);
    }

    private void restore(Instance into, boolean force) {
        new Restore(into, Clock.systemUTC(), line -> {}).from(backup, force);
    }

    private Instance instance(String name) throws IOException {
        Path home = Path.of(System.getProperty("mssante.home"));
        return new Instance(home, Files.createDirectories(folder.resolve(name)), home.resolve("conf"), 3_000);
    }

    private static void write(Instance instance, String file, String text) throws IOException {
        Path path = instance.runDir().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, StandardCharsets.UTF_8);
    }

    private static List<Path> files(Instance instance) throws IOException {
        try (Stream<Path> paths = Files.walk(instance.runDir())) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
