package org.mssante.server.smime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeUtility;
import org.apache.commons.io.output.TeeOutputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.mssante.core.tls.KeyMaterial;

/**
 * Signs with CMS (RFC 5652): SHA-256, the mailbox's RSA or EC key, its chain and the signing time. The body is read
 * twice and never held: once to see what is not 7bit, once to write and digest it together.
 */
public final class CmsMessageSigner implements MessageSigner {
    private static final String END_OF_LINE = "\r\n";
    private static final String SIGNATURE_HEADERS = String.join(
            END_OF_LINE,
            "Content-Type: application/pkcs7-signature; name=\"smime.p7s\"",
            "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename=\"smime.p7s\"",
            "",
            "");

    private final KeyMaterial key;
    private final Clock clock;

    public CmsMessageSigner(KeyMaterial key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    @Override
    public void sign(MimeMessage message, OutputStream out) throws IOException, MessagingException {
        List<String> outer = new ArrayList<>();
        List<String> inner = new ArrayList<>();
        for (String line : Collections.list(message.getAllHeaderLines())) {
            (isAboutContent(line) ? inner : outer).add(canonical(line));
        }
        PartHeaders content = new PartHeaders(inner);
        BitSet encode = SevenBitCopy.unsafeLeaves(content, new LineReader(message.getRawInputStream()));
        String boundary = "mssante-signed-" + UUID.randomUUID();
        write(out, outerHeaders(outer, boundary));
        write(out, "--" + boundary + END_OF_LINE);
        byte[] signature = signature(signed -> {
            OutputStream both = new TeeOutputStream(out, signed);
            new SevenBitCopy(new LineReader(message.getRawInputStream()), both, encode).copy(content);
        });
        write(out, END_OF_LINE + "--" + boundary + END_OF_LINE + SIGNATURE_HEADERS);
        OutputStream base64 = MimeUtility.encode(out, "base64");
        base64.write(signature);
        base64.flush();
        write(out, END_OF_LINE + "--" + boundary + "--" + END_OF_LINE);
        out.flush();
    }

    /** Every header of the message in its order; those about the content moved into the signed part. */
    private static String outerHeaders(List<String> headers, String boundary) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(header -> lines.append(header).append(END_OF_LINE));
        if (headers.stream().noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("mime-version:"))) {
            lines.append("MIME-Version: 1.0").append(END_OF_LINE);
        }
        return lines.append("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";")
                .append(END_OF_LINE)
                .append("\tmicalg=sha-256; boundary=\"")
                .append(boundary)
                .append('"')
                .append(END_OF_LINE)
                .append(END_OF_LINE)
                .append("This is a message signed with S/MIME.")
                .append(END_OF_LINE)
                .append(END_OF_LINE)
                .toString();
    }

    private static boolean isAboutContent(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith("content-");
    }

    /** A stored header may be folded with bare line feeds. */
    private static String canonical(String header) {
        return header.replace(END_OF_LINE, "\n").replace("\n", END_OF_LINE);
    }

    private byte[] signature(SignedContent content) throws MessagingException {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            JcaSignerInfoGeneratorBuilder signer =
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
            signer.setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(signingTime()));
            generator.addSignerInfoGenerator(
                    signer.build(new JcaContentSignerBuilder(algorithm()).build(key.key()), key.leaf()));
            generator.addCertificates(new JcaCertStore(key.chain()));
            CMSSignedData signed = generator.generate(new StreamedContent(content), false);
            return signed.getEncoded();
        } catch (CMSException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new MessagingException("the message cannot be signed", e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // CMS attributes take java.util.Date
    private AttributeTable signingTime() {
        Time now = new Time(Date.from(clock.instant()));
        return new AttributeTable(new Attribute(CMSAttributes.signingTime, new DERSet(now)));
    }

    private String algorithm() throws MessagingException {
        return switch (key.key().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> throw new MessagingException("a signing key is RSA or EC");
        };
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes what is signed; called once. */
    @FunctionalInterface
    private interface SignedContent {
        void write(OutputStream out) throws IOException, MessagingException;
    }

    /** Lets the CMS generator pull the content, which goes to the message at the same time. */
    private record StreamedContent(SignedContent content) implements CMSTypedData {
        @Override
        public ASN1ObjectIdentifier getContentType() {
            return CMSObjectIdentifiers.data;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            try {
                content.write(out);
            } catch (MessagingException e) {
                throw new IOException("the structure of the message is not readable", e);
            }
        }

        @Override
        public Object getContent() {
            return content;
        }
    }
}
