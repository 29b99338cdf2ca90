package org.mssante.server.imap;

import javax.mail.Flags;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponse.ResponseCode;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.message.request.SelectRequest;
import org.apache.james.imap.message.response.ImmutableStatusResponse;

/**
 * What SELECT answers to a member who may only read. James carries it out as EXAMINE, names that command and every flag; he
 * keeps \Seen alone (RFC 3501 §7.1, PERMANENTFLAGS).
 */
final class SelectedByReader implements ImapProcessor.Responder {
    private static final String PERMANENT_FLAGS = "PERMANENTFLAGS";

    private final ImapProcessor.Responder client;
    private final SelectRequest select;

    SelectedByReader(ImapProcessor.Responder client, SelectRequest select) {
        this.client = client;
        this.select = select;
    }

    @Override
    public void respond(ImapResponseMessage message) {
        client.respond(message instanceof StatusResponse status ? ofSelect(status) : message);
    }

    @Override
    public void flush() {
        client.flush();
    }

    private StatusResponse ofSelect(StatusResponse said) {
        ResponseCode code = said.getResponseCode();
        if (said.getTag() != null && said.getCommand() != null) {
            return new ImmutableStatusResponse(
                    said.getServerResponseType(), said.getTag(), select.getCommand(), said.getTextKey(), code);
        }
        return code != null && PERMANENT_FLAGS.equals(code.getCode())
                ? new ImmutableStatusResponse(
                        said.getServerResponseType(),
                        null,
                        null,
                        said.getTextKey(),
                        ResponseCode.permanentFlags(new Flags(Flags.Flag.SEEN)))
                : said;
    }
}
