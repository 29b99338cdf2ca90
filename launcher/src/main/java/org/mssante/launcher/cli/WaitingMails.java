package org.mssante.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.mssante.launcher.console.Table;

/** What the mail server says of mails that wait, for a person to read. */
final class WaitingMails {
    private static final String NOTHING = "-";
    private static final int SHOWN_RECIPIENTS = 5;

    private final PrintWriter out;

    WaitingMails(PrintWriter out) {
        this.out = out;
    }

    /** One line a queue. */
    void printDepths(JsonNode queues) {
        Table table = new Table("QUEUE", "DUE", "DELAYED", "IN HAND", "OLDEST SINCE");
        for (JsonNode queue : queues) {
            table.row(
                    queue.path("queue").asText(),
                    queue.path("due").asText(),
                    queue.path("delayed").asText(),
                    queue.path("inHand").asText(),
                    queue.path("oldest").asText(NOTHING));
        }
        table.print(out);
    }

    /** A paragraph a mail; its name stands alone on a line, whole, to be copied into the next command. */
    void print(JsonNode mails) {
        for (JsonNode mail : mails) {
            out.println(mail.path("name").asText());
            out.println("    " + mail.path("messageId").asText());
            out.println("    since " + mail.path("since").asText(NOTHING) + ", tried "
                    + mail.path("attempts").asText() + " times" + next(mail) + ", "
                    + mail.path("size").asText() + " octets");
            out.println("    from <" + mail.path("sender").asText() + "> to " + recipients(mail));
            if (mail.has("lastError")) {
                out.println("    " + mail.path("lastError").asText());
            }
        }
        if (mails.isEmpty()) {
            out.println("Nothing waits.");
        }
        out.flush();
    }

    private static String next(JsonNode mail) {
        return switch (mail.path("state").asText()) {
            case "" -> "";
            case "delayed" -> ", next attempt " + mail.path("nextAttempt").asText();
            default -> ", " + mail.path("state").asText();
        };
    }

    private static String recipients(JsonNode mail) {
        List<String> recipients = new ArrayList<>();
        mail.path("recipients").forEach(recipient -> recipients.add("<" + recipient.asText() + ">"));
        int more = recipients.size() - SHOWN_RECIPIENTS;
        return more <= 0
                ? String.join(" ", recipients)
                : String.join(" ", recipients.subList(0, SHOWN_RECIPIENTS)) + " and " + more + " more";
    }
}
