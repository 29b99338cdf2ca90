package org.mssante.server.smime;

import java.time.Instant;
import java.util.Optional;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;

/** What the check of a message's signature found, and how the reader is told. Immutable. */
public sealed interface SignatureVerdict {

    /** The message is not signed. */
    record None() implements SignatureVerdict {}

    /**
     * The signature holds and belongs to the address in From.
     *
     * @param signedAt the signing time the signer states
     */
    record Pass(Signer signer, Optional<Instant> signedAt) implements SignatureVerdict {}

    /**
     * The message is signed, and the signature proves nothing.
     *
     * @param signer the certificate, where one could be read
     * @param detail what exactly was found, in English, for the trace
     */
    record Fail(Reason reason, Optional<Signer> signer, String detail) implements SignatureVerdict {}

    /**
     * The signer as the certificate names him.
     *
     * @param address the rfc822 name that was compared with From, or the first one
     * @param subject RFC 2253
     * @param serial hexadecimal
     */
    record Signer(Optional<MailAddress> address, String subject, String serial) {}

    /** Why a signature proves nothing; the text is the comment of the result header. */
    enum Reason {
        UNREADABLE("signature is not readable"),
        CONTENT_CHANGED("content was changed after signing"),
        SIGNATURE_WRONG("signature does not verify"),
        ALGORITHM_WEAK("algorithm is not accepted"),
        SIGNER_MISSING("signer certificate is missing"),
        SEVERAL_SIGNERS("more than one signer"),
        CERTIFICATE_NOT_TRUSTED("certificate is not from a trusted authority"),
        CERTIFICATE_UNSUITABLE("certificate is not made for signing messages"),
        CERTIFICATE_WEAK("certificate has a weak key or signature"),
        CERTIFICATE_EXPIRED("certificate is outside its validity period"),
        CERTIFICATE_REVOKED("certificate is revoked"),
        REVOCATION_UNKNOWN("revocation status is unknown"),
        FROM_DIFFERS("certificate does not belong to the From address"),
        TOO_LARGE("signature is too large");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * The value of the Authentication-Results header (RFC 8601) with the method smime (RFC 7281), on one line.
     *
     * @param authservId the name of this mail host
     */
    default String authenticationResults(String authservId) {
        if (this instanceof Pass pass) {
            return authservId + "; smime=pass" + identifier(pass.signer());
        }
        if (this instanceof Fail fail) {
            return authservId + "; smime=fail (" + fail.reason().text() + ")"
                    + fail.signer().map(SignatureVerdict::identifier).orElse("");
        }
        return authservId + "; smime=none";
    }

    /** The line for the trace; the caller adds the message it is about. */
    default TraceEntry traceEntry() {
        TraceEntry entry = TraceEntry.of(Event.SIGNATURE_CHECKED);
        if (this instanceof Pass pass) {
            return signer(entry, pass.signer()).with(Field.RULE, "pass");
        }
        if (this instanceof Fail fail) {
            TraceEntry failed = entry.with(Field.RULE, "fail")
                    .with(Field.DETAIL, fail.reason().text() + ": " + fail.detail());
            return fail.signer().map(signer -> signer(failed, signer)).orElse(failed);
        }
        return entry.with(Field.RULE, "none");
    }

    private static String identifier(Signer signer) {
        return signer.address()
                        .map(address -> " body.smime-identifier=" + address)
                        .orElse("")
                + " body.smime-serial=" + signer.serial();
    }

    private static TraceEntry signer(TraceEntry entry, Signer signer) {
        return entry.with(Field.CERTIFICATE_SUBJECT, signer.subject()).with(Field.CERTIFICATE_SERIAL, signer.serial());
    }
}
