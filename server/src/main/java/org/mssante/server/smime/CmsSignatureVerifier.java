package org.mssante.server.smime;

import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.ContentType;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.ParseException;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessable;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.CMSTypedStream;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.Store;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.smime.SignatureVerdict.Fail;
import org.mssante.server.smime.SignatureVerdict.None;
import org.mssante.server.smime.SignatureVerdict.Pass;
import org.mssante.server.smime.SignatureVerdict.Reason;
import org.mssante.server.smime.SignatureVerdict.Signer;
import org.mssante.server.trust.CertificateUse;
import org.mssante.server.trust.CertificateVerdict;
import org.mssante.server.trust.CertificateVerifier;

/**
 * Checks multipart/signed and application/pkcs7-mime with signed-data (RFC 8551 §3.5). Content is digested as it is
 * read; only the signature structure is held, up to a limit.
 */
public final class CmsSignatureVerifier implements SignatureVerifier {
    private static final int HEXADECIMAL = 16;

    private final CertificateVerifier certificates;
    private final int maxSignature;

    /** @param maxSignature octets of a signature with its certificates; 256 kB is plenty */
    public CmsSignatureVerifier(CertificateVerifier certificates, int maxSignature) {
        this.certificates = certificates;
        this.maxSignature = maxSignature;
    }

    @Override
    public SignatureVerdict verify(MimeMessage message, Instant receivedAt) throws IOException, MessagingException {
        String header = String.join(
                " ", Optional.ofNullable(message.getHeader("Content-Type")).orElse(new String[0]));
        Optional<ContentType> type = parse(header);
        if (type.isEmpty()) {
            boolean claims = header.toLowerCase(Locale.ROOT).matches("(?s).*(multipart/signed|pkcs7-mime).*");
            return claims ? fail(Reason.UNREADABLE, "the Content-Type is not readable") : new None();
        }
        try {
            if (type.get().match("multipart/signed")) {
                return isSmime(type.get()) ? detached(message, type.get(), receivedAt) : new None();
            }
            if (type.get().match("application/pkcs7-mime") || type.get().match("application/x-pkcs7-mime")) {
                return isSignedData(type.get()) ? opaque(message, receivedAt) : new None();
            }
            return new None();
        } catch (BudgetedInput.SpentException e) {
            return fail(Reason.TOO_LARGE, "it has more than " + maxSignature + " octets");
        } catch (IOException | MessagingException | RuntimeException e) {
            // truncated or wrong encodings, and what the ASN.1 parser throws unchecked: whatever a stranger sent as a
            // signature, the message it stands in is delivered, with a verdict
            return fail(
                    Reason.UNREADABLE,
                    "the signature cannot be decoded: " + e.getClass().getSimpleName());
        }
    }

    private SignatureVerdict detached(MimeMessage message, ContentType type, Instant receivedAt)
            throws IOException, MessagingException {
        String boundary = Optional.ofNullable(type.getParameter("boundary")).orElse("");
        if (boundary.isEmpty()) {
            return fail(Reason.UNREADABLE, "multipart/signed without a boundary");
        }
        try {
            SignedParts parts = SignedParts.of(message, boundary, maxSignature);
            CMSSignedData signed = new CMSSignedData(new Content(parts), parts.signature());
            return judge(message, CmsCheck.check(signed.getSignerInfos(), signed.getCertificates()), receivedAt);
        } catch (SignedParts.MalformedException | CMSException e) {
            return fail(Reason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private SignatureVerdict opaque(MimeMessage message, Instant receivedAt) throws IOException, MessagingException {
        try (BudgetedInput in = new BudgetedInput(message.getInputStream(), maxSignature)) {
            CMSSignedDataParser parser = new CMSSignedDataParser(new JcaDigestCalculatorProviderBuilder().build(), in);
            CMSTypedStream content = parser.getSignedContent();
            if (content == null) {
                return fail(Reason.UNREADABLE, "the signed content is missing");
            }
            in.allow(Long.MAX_VALUE);
            content.drain();
            in.allow(maxSignature);
            @SuppressWarnings("unchecked") // raw in the library; RFC 5652 §5.1: certificates
            Store<X509CertificateHolder> enclosed = parser.getCertificates();
            return judge(message, CmsCheck.check(parser.getSignerInfos(), enclosed), receivedAt);
        } catch (CMSException e) {
            if (e.getCause() instanceof BudgetedInput.SpentException spent) {
                throw spent;
            }
            return fail(Reason.UNREADABLE, String.valueOf(e.getMessage()));
        } catch (OperatorCreationException e) {
            throw new MessagingException("this Java cannot compute digests", e);
        }
    }

    private SignatureVerdict judge(MimeMessage message, CmsCheck.Result result, Instant receivedAt)
            throws MessagingException {
        if (result instanceof CmsCheck.Result.Failed failed) {
            return new Fail(
                    failed.reason(),
                    failed.certificate().map(certificate -> signer(certificate, SubjectMailboxes.of(certificate))),
                    failed.detail());
        }
        CmsCheck.Result.Verified verified = (CmsCheck.Result.Verified) result;
        X509Certificate certificate = verified.certificate();
        List<MailAddress> mailboxes = SubjectMailboxes.of(certificate);
        CertificateVerdict trust = certificates.verify(certificate, CertificateUse.MAIL_SIGNATURE, receivedAt);
        if (trust instanceof CertificateVerdict.NotValid notValid) {
            return new Fail(
                    reasonOf(notValid.outcome()), Optional.of(signer(certificate, mailboxes)), notValid.detail());
        }
        Optional<MailAddress> from = onlyFrom(message);
        if (from.isEmpty() || !mailboxes.contains(from.get())) {
            return new Fail(
                    Reason.FROM_DIFFERS,
                    Optional.of(signer(certificate, mailboxes)),
                    "From is " + from.map(MailAddress::masked).orElse("not one address") + ", the certificate names "
                            + mailboxes.stream().map(MailAddress::masked).toList());
        }
        return new Pass(signer(certificate, List.of(from.get())), verified.signedAt());
    }

    private static Reason reasonOf(Outcome outcome) {
        return switch (outcome) {
            case CERTIFICATE_UNSUITABLE -> Reason.CERTIFICATE_UNSUITABLE;
            case CERTIFICATE_WEAK -> Reason.CERTIFICATE_WEAK;
            case CERTIFICATE_EXPIRED -> Reason.CERTIFICATE_EXPIRED;
            case CERTIFICATE_REVOKED -> Reason.CERTIFICATE_REVOKED;
            case REVOCATION_UNKNOWN -> Reason.REVOCATION_UNKNOWN;
            default -> Reason.CERTIFICATE_NOT_TRUSTED;
        };
    }

    private static boolean isSmime(ContentType type) {
        String protocol =
                Optional.ofNullable(type.getParameter("protocol")).orElse("").toLowerCase(Locale.ROOT);
        return protocol.equals("application/pkcs7-signature") || protocol.equals("application/x-pkcs7-signature");
    }

    /** Without smime-type the content decides; enveloped-data is encrypted, which is another question. */
    private static boolean isSignedData(ContentType type) {
        String smimeType = Optional.ofNullable(type.getParameter("smime-type")).orElse("signed-data");
        return smimeType.equalsIgnoreCase("signed-data");
    }

    private static Optional<ContentType> parse(String header) {
        try {
            return header.isBlank() ? Optional.of(new ContentType("text/plain")) : Optional.of(new ContentType(header));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** The author the reader sees: exactly one From with exactly one address (RFC 5322 §3.6.2 allows more). */
    private static Optional<MailAddress> onlyFrom(MimeMessage message) throws MessagingException {
        String[] headers = message.getHeader("From");
        if (headers == null || headers.length != 1) {
            return Optional.empty();
        }
        try {
            InternetAddress[] addresses = InternetAddress.parseHeader(headers[0], true);
            return addresses.length == 1 ? SubjectMailboxes.address(addresses[0].getAddress()) : Optional.empty();
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    private static Signer signer(X509Certificate certificate, List<MailAddress> mailboxes) {
        return new Signer(
                mailboxes.stream().findFirst(),
                certificate.getSubjectX500Principal().getName(X500Principal.RFC2253),
                certificate.getSerialNumber().toString(HEXADECIMAL));
    }

    private static Fail fail(Reason reason, String detail) {
        return new Fail(reason, Optional.empty(), detail);
    }

    /** Lets CMS digest the signed part as it streams by. */
    private record Content(SignedParts parts) implements CMSProcessable {
        @Override
        public void write(OutputStream out) throws IOException {
            try {
                parts.writeContent(out);
            } catch (MessagingException e) {
                throw new IOException("the message is not readable", e);
            }
        }

        @Override
        public Object getContent() {
            return parts;
        }
    }
}
