package org.mssante.server.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/**
 * How long a list of 20,000 rows takes from its file to a list in force. Two runs: with the argument {@code make} it writes
 * the list into a folder; without, it loads it several times and prints each time taken. Run the second one under the bound
 * of memory to be proven, e.g. {@code -Xmx100m}.
 */
final class TrustListLoadBenchmark {
    private static final int ROWS = 20_000;
    private static final int OPERATORS = 1_200;
    private static final int ROUNDS = 5;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private TrustListLoadBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        if (args.length > 1 && args[1].equals("make")) {
            make(folder);
            return;
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("list.xml"));
        TrustListVerifier verifier = new TrustListVerifier(
                new CertificateVerifier(
                        CertificateAuthorities.load(folder.resolve("anchors")),
                        RevocationLists.open(
                                List.of(folder.resolve("crl")),
                                () -> CertificateAuthorities.load(folder.resolve("anchors")),
                                entry -> {})),
                ListSigner.named(TestTrustLists.SIGNER_CN),
                TrustListVerifier.Limits.defaults());
        Clock clock = Clock.fixed(TestPki.NOW, ZoneOffset.UTC);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            TrustListVerdict verdict = verifier.verify(bytes, clock.instant());
            long millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
            TrustList list = ((TrustListVerdict.Valid) verdict).list();
            System.out.println(bytes.length + " octets, " + list.rowCount() + " rows, " + millis + " ms");
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.println((runtime.totalMemory() - runtime.freeMemory()) / 1_000_000 + " MB in use afterwards");
    }

    private static void make(Path folder) throws IOException {
        TestPki pki = new TestPki();
        pki.writeAnchors(folder.resolve("anchors"));
        pki.writeRevocationLists(folder.resolve("crl"));
        TestTrustLists list = new TestTrustLists();
        for (int row = 0; row < ROWS; row++) {
            list.with(
                    "domaine-" + row / 2 + ".exemple.mssante.fr",
                    TestPki.dn("smtp" + row % OPERATORS + ".exemple.mssante.fr"));
        }
        Files.write(folder.resolve("list.xml"), list.signedBy(TestTrustLists.signer(pki), TestPki.NOW));
    }
}
