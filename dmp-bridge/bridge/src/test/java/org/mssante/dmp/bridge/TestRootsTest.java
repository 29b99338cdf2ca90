package org.mssante.dmp.bridge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mssante.certs.SharedPki;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.dmp.cda.InsRules;

class TestRootsTest {
    private static final Path CERTS = SharedPki.folder();
    private static final X509Certificate MARKED =
            KeyMaterial.load(CERTS.resolve("bridge")).leaf();
    /** An authority's own certificate carries no mark. */
    private static final X509Certificate UNMARKED =
            PemFiles.certificatesOfFolder(CERTS.resolve("anchors")).get(0);

    @Test
    void testIdentitiesAreTakenWithACertificateOfTests() {
        assertThatCode(() -> TestRoots.check(accepting(Ins.NIR, Ins.NIR_TEST, Ins.NIR_DEMO), MARKED))
                .doesNotThrowAnyException();
    }

    @Test
    void productionDoesNotStartWhileATestRootIsAccepted() {
        for (Oid root : List.of(Ins.NIR_TEST, Ins.NIR_DEMO)) {
            assertThatThrownBy(() -> TestRoots.check(accepting(Ins.NIR, root), UNMARKED))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("ins.roots")
                    .hasMessageContaining(root.value());
        }
    }

    @Test
    void productionStartsWithItsOwnRoots() {
        assertThatCode(() -> TestRoots.check(accepting(Ins.NIR, Ins.NIA), UNMARKED))
                .doesNotThrowAnyException();
    }

    private static InsRules accepting(Oid... roots) {
        return new InsRules(List.of(roots), true, Set.of(), true);
    }
}
