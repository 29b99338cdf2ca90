package org.mssante.dmp.xds.signature;

import static org.mssante.dmp.xds.signature.InvalidSignatureException.require;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.iti41.DocumentContent;
import org.mssante.dmp.xds.metadata.Association;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.xmldsig.Signers;

/**
 * Looks at the signature of a submission: its form, who signed it, that nothing signed was changed, and that its manifest has
 * the submission set and exactly its documents. Thread-safe.
 */
public final class SignatureCheck {
    /** A signature of one document has some 5 kB; this is one of hundreds of documents. */
    private static final int MAX_OCTETS = 200_000;

    private final Signers signers;
    private final Duration skew;
    private final Clock clock;

    /** @param skew how far the clocks of both sides may differ */
    public SignatureCheck(Signers signers, Duration skew, Clock clock) {
        this.signers = signers;
        this.skew = skew;
        this.clock = clock;
    }

    /**
     * @param contents the documents by the id of their entry, one for each
     * @throws IOException where one cannot be read
     */
    public SignatureVerdict of(SubmittedObjects objects, Map<String, DocumentContent> contents) throws IOException {
        try {
            Optional<DocumentEntry> signature = signature(objects);
            if (signature.isEmpty()) {
                return new SignatureVerdict.Unsigned();
            }
            check(signature.get(), objects, contents);
            return new SignatureVerdict.Accepted();
        } catch (InvalidSignatureException e) {
            return new SignatureVerdict.Refused(
                    e.fault(), "The signature of the submission is not accepted: " + e.getMessage() + ".");
        }
    }

    /** The entry that says it is a signature; what only an association says is one is none. */
    private static Optional<DocumentEntry> signature(SubmittedObjects objects) {
        List<DocumentEntry> claims = objects.entries().stream()
                .filter(entry -> isOf(entry.typeCode(), Dsg.TYPE) || isOf(entry.formatCode(), Dsg.FORMAT))
                .toList();
        List<Association> links = objects.associations().stream()
                .filter(association -> association.type().equals(Association.SIGNS))
                .toList();
        if (claims.isEmpty() && links.isEmpty()) {
            return Optional.empty();
        }
        require(claims.size() == 1 && links.size() == 1, SignatureFault.FORM, "it is not one that signs once");
        DocumentEntry entry = claims.get(0);
        require(
                links.get(0).source().equals(entry.id())
                        && links.get(0).target().equals(objects.submissionSet().id()),
                SignatureFault.FORM,
                "it does not sign this submission set");
        require(
                isOf(entry.typeCode(), Dsg.TYPE)
                        && isOf(entry.formatCode(), Dsg.FORMAT)
                        && isOf(entry.classCode(), Dsg.CLASS),
                SignatureFault.FORM,
                "its entry has not the class, type and format of a signature");
        return Optional.of(entry);
    }

    private static boolean isOf(Optional<Code> code, Code wanted) {
        return code.filter(wanted::means).isPresent();
    }

    private void check(DocumentEntry entry, SubmittedObjects objects, Map<String, DocumentContent> contents)
            throws IOException {
        SignedForm form = SignedForm.read(octets(contents.get(entry.id())));
        Instant now = clock.instant();
        signers.objection(form.signer(), now).ifPresent(why -> {
            throw new InvalidSignatureException(SignatureFault.CERTIFICATE, why);
        });
        require(form.isRight(), SignatureFault.VALUE, "its value or a digest of its own is wrong");
        require(
                !form.signedAt().isAfter(now.plus(skew))
                        && !form.signedAt()
                                .isBefore(form.signer().getNotBefore().toInstant()),
                SignatureFault.VALUE,
                "its time is in the future, or before its certificate");
        checkManifest(form.manifest(), entry, objects, contents);
    }

    private static byte[] octets(DocumentContent content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            require(octets.length <= MAX_OCTETS, SignatureFault.FORM, "it has more than " + MAX_OCTETS + " octets");
            return octets;
        }
    }

    private static void checkManifest(
            Map<String, ManifestReference> manifest,
            DocumentEntry signature,
            SubmittedObjects objects,
            Map<String, DocumentContent> contents)
            throws IOException {
        Set<String> signed =
                new HashSet<>(Set.of(Dsg.OID + objects.submissionSet().uniqueId()));
        List<DocumentEntry> documents = objects.entries().stream()
                .filter(entry -> !entry.id().equals(signature.id()))
                .toList();
        documents.forEach(entry -> signed.add(Dsg.OID + entry.uniqueId()));
        require(
                manifest.keySet().equals(signed),
                SignatureFault.MANIFEST,
                "its manifest does not name the submission set and each of its documents, and nothing else");
        for (DocumentEntry document : documents) {
            ManifestReference reference = manifest.get(Dsg.OID + document.uniqueId());
            require(reference.isStrong(), SignatureFault.FORM, "the digest of a document is of an algorithm too weak");
            require(
                    reference.isOf(contents.get(document.id())),
                    SignatureFault.MANIFEST,
                    "a document is not the one that was signed");
        }
    }
}
