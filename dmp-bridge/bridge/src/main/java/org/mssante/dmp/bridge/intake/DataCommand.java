package org.mssante.dmp.bridge.intake;

import java.io.IOException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * DATA, in place of the library's, which reads octet by octet, and takes what is left of a mail that it refuses for commands.
 */
final class DataCommand extends BaseCommand {
    DataCommand() {
        super("DATA", "the mail, up to a line of one dot");
    }

    @Override
    public void execute(String line, Session session) throws IOException {
        if (!session.isMailTransactionInProgress()) {
            session.sendResponse("503 5.5.1 MAIL is missing");
            return;
        }
        if (session.getRecipientCount() == 0) {
            session.sendResponse("503 5.5.1 RCPT is missing");
            return;
        }
        session.sendResponse("354 End the mail with a line of one dot");
        MailInput mail = new MailInput(session.getRawInput());
        String reply;
        try {
            reply = "250 " + session.getMessageHandler().data(mail);
        } catch (RejectException e) {
            reply = e.getErrorResponse();
        }
        mail.drain();
        session.resetMailTransaction();
        session.sendResponse(reply);
    }
}
