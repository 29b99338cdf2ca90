package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.MailDomain;
import org.mssante.core.tls.KeyMaterial;

/** {@code kill -9} while lists come into force, at random moments. */
class TrustListKillTest {
    private static final int KILLS = Integer.getInteger("mssante.kills", 8);
    private static final int LISTS = 6;
    private static final int ROWS = 400;

    @TempDir
    private Path folder;

    private final TestPki pki = new TestPki();

    @Test
    @Timeout(600)
    void aKillAtAnyPointOfARefreshLeavesAValidListInForce() throws IOException, InterruptedException {
        layOut();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Files.deleteIfExists(folder.resolve("running"));
            Process process = start();
            await().atMost(Duration.ofMinutes(2))
                    .failFast(() -> assertThat(process.isAlive()).isTrue())
                    .until(() -> Files.exists(folder.resolve("running")));
            process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();

            assertThat(RefreshUnderFire.listAfterRestart(folder))
                    .as("after kill %s of seed %s", kill, seed)
                    .hasValueSatisfying(list -> {
                        assertThat(list.operatorsOf(new MailDomain("d0.mssante.fr")))
                                .isPresent();
                        assertThat(list.rowCount()).isBetween(ROWS, ROWS + LISTS);
                    });
            ListHistory history = new ListFolder(folder.resolve("kept"), 5).history();
            assertThat(history.entries()).isNotEmpty().hasSizeLessThanOrEqualTo(6);
            for (ListHistory.Entry entry : history.entries()) {
                assertThat(TrustListInForce.sha256(entry.bytes())).isEqualTo(entry.sha256());
            }
        }
    }

    private void layOut() throws IOException {
        pki.writeAnchors(folder.resolve("anchors"));
        pki.writeRevocationLists(folder.resolve("crl"));
        Files.createDirectories(folder.resolve("lists"));
        KeyMaterial signer = TestTrustLists.signer(pki);
        for (int i = 0; i < LISTS; i++) {
            TestTrustLists list = new TestTrustLists();
            for (int row = 0; row < ROWS + i; row++) {
                list.with("d" + row + ".mssante.fr", TestPki.dn("smtp" + row % 50 + ".mssante.fr"));
            }
            Files.write(folder.resolve("lists/" + i + ".xml"), list.signedBy(signer, TestPki.NOW));
        }
    }

    private Process start() throws IOException {
        String surefire = System.getProperty("surefire.test.class.path", "");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path") + File.pathSeparator + surefire,
                        RefreshUnderFire.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }
}
