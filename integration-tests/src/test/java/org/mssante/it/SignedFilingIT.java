package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Event;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.it.client.Dmp;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.SampleDocuments;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.instance.ServiceKind;

/** A store that takes signed submissions alone, and a bridge whose seal lies in a PKCS#12 file. */
@Timeout(600)
class SignedFilingIT {
    private static final String SECRET = "secret of the seal";

    @Test
    void aReportIsFiledUnchangedWithTheSignatureOfItsSubmission() throws Exception {
        TestInstance prepared = TestInstance.prepare("signed").withCertificates();
        Path seal = prepared.instance().runDir().resolve("seal.p12");
        Path password = Files.writeString(seal.resolveSibling("seal.password"), SECRET + "\n");
        write(KeyMaterial.load(prepared.instance().certificates().resolve("sign/bridge")), seal);
        prepared.set(ServiceKind.STORE, "signature.check", "required")
                .set(ServiceKind.BRIDGE, "dmp.signature", "xades")
                .set(ServiceKind.BRIDGE, "dmp.signature.key", seal.toString())
                .set(ServiceKind.BRIDGE, "dmp.signature.key.password-file", password.toString());
        try (TestInstance instance = prepared.up()) {
            String id = new Letters(instance)
                    .submit(
                            Mailboxes.LABORATORY,
                            Mailboxes.PRACTITIONER,
                            "XDM/1.0/DDM+Compte rendu d'examens biologiques",
                            SampleDocuments.activePackage());
            instance.traces().await("the report is filed", Traces.about(id).and(Traces.is(Event.DOCUMENT_FILED)));

            byte[] report = SampleDocuments.activeReport();
            String document = SampleDocuments.idOf(report);
            try (Dmp dmp = Dmp.of(instance)) {
                assertThat(dmp.retrieve(document)).isEqualTo(report);
                assertThat(dmp.documents(SampleDocuments.ACTIVE_PATIENT)).hasSize(2);
                String signature = dmp.documents(SampleDocuments.ACTIVE_PATIENT).stream()
                        .filter(each -> !each.equals(document))
                        .findFirst()
                        .orElseThrow();
                assertThat(dmp.entriesOf(signature))
                        .singleElement()
                        .extracting(DocumentEntry::typeCode)
                        .satisfies(type -> assertThat(type.orElseThrow().code()).isEqualTo("E1762"));
                assertThat(new String(dmp.retrieve(signature), StandardCharsets.UTF_8))
                        .contains("urn:oid:" + document, "SigningTime");
            }
        }
    }

    private static void write(KeyMaterial key, Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, SECRET.toCharArray());
        store.setKeyEntry("cachet", key.key(), SECRET.toCharArray(), key.chain().toArray(X509Certificate[]::new));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, SECRET.toCharArray());
        }
    }
}
