package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.server.trust.GeneratedChain.Flaw;

/** Our verdict on generated chains against that of {@code openssl verify}: no disagreement that is not explained here. */
class PathComparisonTest {
    private static final int VARIANTS = 8;

    /** Where we are stricter, and why. We are never laxer. */
    private static final Map<Flaw, String> STRICTER = Map.of(
            Flaw.LEAF_IS_AN_AUTHORITY,
            "an operator is no authority: OpenSSL's purpose lets an authority's certificate speak TLS",
            Flaw.LEAF_KEY_SHORT,
            "RSA of 2048 bits is the least: openssl verify asks for no strength unless -auth_level says so",
            Flaw.LEAF_SIGNED_WITH_SHA_1,
            "SHA-256 is the least, as above",
            Flaw.AUTHORITY_SIGNED_WITH_SHA_1,
            "SHA-256 is the least, as above");

    @TempDir
    private Path folder;

    @Test
    @Timeout(600)
    void agreesWithOpenSslOnMoreThanTwoHundredChains() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/openssl"))).isTrue();
        List<String> unexplained = new ArrayList<>();
        int chains = 0;
        for (int variant = 0; variant < VARIANTS; variant++) {
            GeneratedChain.Keys keys = GeneratedChain.Keys.generate(variant);
            for (Flaw flaw : Flaw.values()) {
                GeneratedChain chain = new GeneratedChain(flaw, variant, keys);
                chains++;
                for (CertificateUse use : List.of(CertificateUse.TLS_CLIENT, CertificateUse.TLS_SERVER)) {
                    CertificateVerdict ours = ours(chain, use);
                    String theirs = openssl(chain, use);
                    boolean agree = (ours instanceof CertificateVerdict.Valid) == theirs.isEmpty();
                    boolean stricter = STRICTER.containsKey(flaw) && ours instanceof CertificateVerdict.NotValid;
                    if (!agree && !stricter) {
                        unexplained.add(flaw + " " + variant + " " + use + ": " + ours + " / " + theirs);
                    }
                }
            }
        }
        assertThat(unexplained).isEmpty();
        assertThat(chains).isGreaterThanOrEqualTo(200);
    }

    @Test
    void theChainsThatAreNotBrokenAreValidAndAllOthersAreNot() throws Exception {
        List<Flaw> harmless = List.of(Flaw.NONE, Flaw.NO_KEY_USAGE, Flaw.NO_EXTENDED_KEY_USAGE, Flaw.ANOTHER_REVOKED);
        GeneratedChain.Keys keys = GeneratedChain.Keys.generate(0);
        for (Flaw flaw : Flaw.values()) {
            assertThat(
                            ours(new GeneratedChain(flaw, 0, keys), CertificateUse.TLS_CLIENT)
                                    instanceof CertificateVerdict.Valid)
                    .as("%s", flaw)
                    .isEqualTo(harmless.contains(flaw));
        }
    }

    private static CertificateVerdict ours(GeneratedChain chain, CertificateUse use) {
        CertificateVerifier verifier = new CertificateVerifier(
                new CertificateAuthorities(List.of(chain.root, chain.authority)), () -> chain.lists);
        return verifier.verify(chain.leaf, use, GeneratedChain.AT);
    }

    /** What OpenSSL objects; empty where it accepts the chain. */
    private String openssl(GeneratedChain chain, CertificateUse use) throws IOException, InterruptedException {
        StringBuilder lists = new StringBuilder();
        chain.lists.forEach(list -> lists.append(TestPki.pem("X509 CRL", TestPki.encoded(list))));
        TestPki.write(folder.resolve("root.pem"), TestPki.pem("CERTIFICATE", TestPki.encoded(chain.root)));
        TestPki.write(folder.resolve("authority.pem"), TestPki.pem("CERTIFICATE", TestPki.encoded(chain.authority)));
        TestPki.write(folder.resolve("leaf.pem"), TestPki.pem("CERTIFICATE", TestPki.encoded(chain.leaf)));
        TestPki.write(folder.resolve("lists.pem"), lists.toString());
        Process process = new ProcessBuilder(
                        "openssl",
                        "verify",
                        "-attime",
                        String.valueOf(GeneratedChain.AT.getEpochSecond()),
                        "-CAfile",
                        "root.pem",
                        "-untrusted",
                        "authority.pem",
                        "-CRLfile",
                        "lists.pem",
                        "-crl_check_all",
                        "-purpose",
                        use == CertificateUse.TLS_CLIENT ? "sslclient" : "sslserver",
                        "leaf.pem")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() == 0 ? "" : said;
    }
}
