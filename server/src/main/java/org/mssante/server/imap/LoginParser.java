package org.mssante.server.imap;

import java.nio.charset.StandardCharsets;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

/** Reads LOGIN (RFC 3501 §6.2.3), its two words in UTF-8 (RFC 6855 §5), where James takes ASCII alone. */
public final class LoginParser extends AbstractImapCommandParser {

    @Inject
    public LoginParser(StatusResponseFactory responses) {
        super(ImapConstants.LOGIN_COMMAND, responses);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        String userName = userName(request);
        String password = request.astring(StandardCharsets.UTF_8);
        request.eol();
        return new NamedLogin(tag, userName, password);
    }

    /** Some clients do not quote {@code mailbox*person}, though an asterisk is no atom: any word is taken. */
    private static String userName(ImapRequestLineReader request) throws DecodingException {
        char first = request.nextWordChar();
        return first == '"' || first == '{'
                ? request.astring(StandardCharsets.UTF_8)
                : request.consumeWord(octet -> octet != ' ' && !Character.isISOControl(octet));
    }
}
