package org.mssante.server.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A process that puts one list after the other into force until it is killed. Argument: the folder of {@link TrustListKillTest}. */
final class RefreshUnderFire {
    private RefreshUnderFire() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        TrustListInForce inForce = open(folder, new Endless(folder.resolve("lists")));
        Files.writeString(folder.resolve("running"), "", StandardCharsets.UTF_8);
        while (true) {
            inForce.refresh(false);
        }
    }

    /** As the server does. */
    static TrustListInForce open(Path folder, TrustListSource source) {
        CertificateAuthorities authorities = CertificateAuthorities.load(folder.resolve("anchors"));
        RevocationLists lists = RevocationLists.open(List.of(folder.resolve("crl")), () -> authorities, entry -> {});
        TrustListVerifier verifier = new TrustListVerifier(
                new CertificateVerifier(authorities, lists),
                ListSigner.named(TestTrustLists.SIGNER_CN),
                TrustListVerifier.Limits.defaults());
        return TrustListInForce.open(
                source,
                new ListFolder(folder.resolve("kept"), 5),
                verifier,
                () -> {},
                new TrustListInForce.Rules(100, Duration.ofDays(30)),
                entry -> {},
                Clock.fixed(TestPki.NOW, ZoneOffset.UTC));
    }

    /** The lists of a folder over and over: each is as new as the others. */
    private static final class Endless implements TrustListSource {
        private final Path folder;
        private int next;

        Endless(Path folder) {
            this.folder = folder;
        }

        @Override
        public Look look() {
            Path list = folder.resolve(next + ".xml");
            if (!Files.exists(list)) {
                next = 0;
                return look();
            }
            next++;
            try {
                return new Look.Found(Files.readAllBytes(list));
            } catch (IOException e) {
                return new Look.Unavailable(e.toString());
            }
        }

        @Override
        public void forget() {
            // each look finds the next one
        }

        @Override
        public boolean isNear() {
            return true;
        }
    }

    /** Whoever starts again must live on what is kept. */
    static TrustListSource nothing() {
        return new TrustListSource() {
            @Override
            public Look look() {
                return new Look.Unavailable("nothing is published");
            }

            @Override
            public void forget() {
                // there is nothing to find again
            }

            @Override
            public boolean isNear() {
                return true;
            }
        };
    }

    static Optional<TrustList> listAfterRestart(Path folder) {
        return open(folder, nothing()).list();
    }
}
