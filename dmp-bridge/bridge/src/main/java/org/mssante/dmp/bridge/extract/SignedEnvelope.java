package org.mssante.dmp.bridge.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSTypedData;

/**
 * Looks into CMS (RFC 5652). The signature is the mail server's business, its verdict stands in a header; here only the
 * content counts.
 */
final class SignedEnvelope {
    private SignedEnvelope() {}

    /** What the envelope is. */
    sealed interface Content {
        /** Signed, the content inside. */
        @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
        record Signed(byte[] content) implements Content {}

        /** For its recipient alone. */
        record Encrypted() implements Content {}

        /** Of content that stands elsewhere. */
        record Detached() implements Content {}

        record Broken(String why) implements Content {}
    }

    static Content open(byte[] bytes) {
        try {
            ContentInfo info = ContentInfo.getInstance(bytes);
            if (info == null) {
                return new Content.Broken("it holds no CMS structure");
            }
            if (info.getContentType().equals(CMSObjectIdentifiers.envelopedData)
                    || info.getContentType().equals(CMSObjectIdentifiers.authEnvelopedData)) {
                return new Content.Encrypted();
            }
            if (!info.getContentType().equals(CMSObjectIdentifiers.signedData)) {
                return new Content.Broken("the CMS structure is of a kind that is not opened");
            }
            return signed(new CMSSignedData(info));
        } catch (CMSException | IOException | RuntimeException e) {
            // the ASN.1 library reports malformed input by unchecked exceptions of many kinds
            return new Content.Broken(
                    "the CMS structure is malformed (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Content signed(CMSSignedData data) throws CMSException, IOException {
        Optional<CMSTypedData> content = Optional.ofNullable(data.getSignedContent());
        if (content.isEmpty()) {
            return new Content.Detached();
        }
        if (content.get().getContent() instanceof byte[] bytes) {
            return new Content.Signed(bytes);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.get().write(bytes);
        return new Content.Signed(bytes.toByteArray());
    }
}
