package org.mssante.server.imap.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.apache.james.imap.message.response.CapabilityResponse;

/**
 * CAPABILITY with the protocol's name as RFC 3501 §7.2.1 writes it: James says IMAP4REV1, and clients that compare letter by
 * letter find no server behind it.
 */
public final class CapabilityNames implements ImapResponseEncoder<CapabilityResponse> {
    private static final String PROTOCOL = "IMAP4rev1";

    @Override
    public Class<CapabilityResponse> acceptableMessages() {
        return CapabilityResponse.class;
    }

    @Override
    public void encode(CapabilityResponse response, ImapResponseComposer composer) throws IOException {
        composer.untagged();
        composer.message(ImapConstants.CAPABILITY_COMMAND.getNameAsBytes());
        for (Capability capability : response.getCapabilities()) {
            String name = capability.asString();
            composer.message((PROTOCOL.equalsIgnoreCase(name) ? PROTOCOL : name).getBytes(StandardCharsets.US_ASCII));
        }
        composer.end();
    }
}
