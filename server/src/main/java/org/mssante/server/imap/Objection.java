package org.mssante.server.imap;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.mssante.core.outcome.Outcome;

/**
 * Why a command is not carried out.
 *
 * @param code of RFC 5530, for the client's software
 * @param outcome with the sentence for its user
 * @param detail in English, for the trace; never sent to the peer
 */
record Objection(String code, Outcome outcome, String detail) {

    StatusResponse answerTo(ImapRequest request) {
        return new ImmutableStatusResponse(
                StatusResponse.Type.NO,
                request.getTag(),
                null, // James would put the command's name in front of the code
                new HumanReadableText("org.mssante." + outcome.name(), "[" + code + "] " + outcome.replyText()),
                null);
    }
}
