package org.mssante.dmp.xds.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.mssante.core.id.Oid;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.dmp.xds.iti41.SignatureDocument;
import org.mssante.dmp.xds.iti41.Submission;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.DocumentEntryBuilder;
import org.mssante.dmp.xds.metadata.XdsTime;

/** Signs submissions with the key of a structure (certificate ORG_SIGN). Thread-safe. */
public final class SubmissionSigner {
    private final KeyMaterial key;
    private final SignatureStyle style;
    private final Clock clock;

    public SubmissionSigner(KeyMaterial key, SignatureStyle style, Clock clock) {
        this.key = key;
        this.style = style;
        this.clock = clock;
    }

    /**
     * The submission with its signature, a new one each time.
     *
     * @throws SigningFailedException where the key does not sign, or the document cannot be read
     */
    public Submission sign(Submission submission) throws SigningFailedException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        // each signature is another document: it has another time, and another value by some algorithms
        String uniqueId = Oid.of(UUID.randomUUID()).value();
        try {
            byte[] xml = new SignatureWriter(key, style, uniqueId).write(submission, now);
            return submission.signed(
                    new SignatureDocument(entry(submission, uniqueId, now), () -> new ByteArrayInputStream(xml)));
        } catch (XMLSecurityException | GeneralSecurityException | ProviderException | IOException e) {
            throw new SigningFailedException(e);
        }
    }

    private DocumentEntry entry(Submission submission, String uniqueId, Instant now) {
        DocumentEntry signed = submission.entry();
        XdsTime time = XdsTime.of(now);
        DocumentEntryBuilder entry = DocumentEntry.builder(uniqueId, signed.patientId())
                .id(Dsg.ENTRY_ID)
                .mimeType(Dsg.MIME_TYPE)
                .languageCode(Dsg.LANGUAGE)
                .title(Dsg.PURPOSE.displayName())
                .creationTime(time)
                .serviceStartTime(time)
                .serviceStopTime(time)
                .sourcePatientId(signed.sourcePatientId().orElse(signed.patientId()))
                .classCode(Dsg.CLASS)
                .typeCode(Dsg.TYPE)
                .formatCode(Dsg.FORMAT)
                .eventCode(Dsg.PURPOSE)
                .confidentialityCode(Dsg.NORMAL);
        style.masks().forEach(entry::confidentialityCode);
        submission.submissionSet().authors().forEach(entry::author);
        signed.legalAuthenticator().ifPresent(entry::legalAuthenticator);
        signed.healthcareFacilityTypeCode().ifPresent(entry::healthcareFacilityTypeCode);
        signed.practiceSettingCode().ifPresent(entry::practiceSettingCode);
        return entry.build();
    }
}
