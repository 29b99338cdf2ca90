package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.SampleDocuments;
import org.mssante.it.instance.SharedInstance;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.mail.Attachment;

/**
 * A listed sender may mean harm: one mail must not keep the running services, with the heap they ship with, from the next.
 */
@ExtendWith(SharedInstance.class)
@Timeout(240)
class HostileMailIT {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 400;

    private final Letters letters;
    private final Traces traces;

    HostileMailIT(TestInstance instance) {
        this.letters = new Letters(instance);
        this.traces = instance.traces();
    }

    @Test
    void archiveThatUnpacksWithoutEndIsRefusedAndTheNextDocumentIsFiled() throws IOException {
        String bomb = letters.submit(
                Mailboxes.LABORATORY,
                Mailboxes.PRACTITIONER,
                "Compte rendu",
                new Attachment("IHE_XDM.zip", "application/zip", zerosAsMetadata()));
        String next = letters.submit(
                Mailboxes.LABORATORY,
                Mailboxes.PRACTITIONER,
                "Compte rendu",
                SampleDocuments.bare(SampleDocuments.renamed(SampleDocuments.activeReport())));

        assertThat(traces.await("the bomb is refused", Traces.about(bomb).and(Traces.is(Event.DOCUMENT_REFUSED)))
                        .outcome())
                .contains(Outcome.DOCUMENT_TOO_LARGE);
        assertThat(traces.await("the next is filed", Traces.about(next).and(Traces.is(Event.DOCUMENT_FILED)))
                        .outcome())
                .contains(Outcome.DOCUMENT_FILED);
    }

    private static byte[] zerosAsMetadata() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("IHE_XDM/SUBSET01/METADATA.XML"));
            for (int i = 0; i < BLOCKS; i++) {
                zip.write(new byte[BLOCK]);
            }
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
