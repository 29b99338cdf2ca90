package org.mssante.server.smtp;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.smtpserver.JamesMailCmdHandler;
import org.mssante.core.outcome.Outcome;

/**
 * MAIL with the parameters this server offers, each once and with a value it knows (RFC 5321 §4.1.1.11): James passes over all
 * others, and a client would take it for a yes.
 */
public final class MailCommand extends JamesMailCmdHandler {
    private static final Pattern BLANKS = Pattern.compile(" +");
    /** What has a hook of its own judges its value itself. */
    private static final Pattern ANY = Pattern.compile(".*");

    private static final Map<String, Pattern> VALUES = Map.of(
            "SIZE", Pattern.compile("[0-9]{1,20}"),
            "BODY", Pattern.compile("(?i)7BIT|8BITMIME"),
            "AUTH", ANY,
            "RET", ANY,
            "ENVID", ANY);

    private final Replies replies;

    @Inject
    public MailCommand(MetricFactory metrics, DomainList domains, Replies replies) {
        super(metrics, domains);
        this.replies = replies;
    }

    @Override
    protected Response doFilterChecks(SMTPSession session, String command, String parameters) {
        return parameters == null || areKnown(parameters)
                ? super.doFilterChecks(session, command, parameters)
                : replies.refuse(
                        session, Asked.of("MAIL"), Outcome.PARAMETER_UNKNOWN, "a parameter that EHLO does not offer");
    }

    private static boolean areKnown(String argument) {
        Set<String> seen = new HashSet<>();
        List<String> parameters = BLANKS.splitAsStream(
                        argument.substring(argument.lastIndexOf('>') + 1).trim())
                .filter(parameter -> !parameter.isEmpty())
                .toList();
        return parameters.stream().allMatch(parameter -> {
            int sign = parameter.indexOf('=');
            String name = (sign < 0 ? parameter : parameter.substring(0, sign)).toUpperCase(Locale.ROOT);
            return sign > 0
                    && seen.add(name)
                    && VALUES.containsKey(name)
                    && VALUES.get(name).matcher(parameter.substring(sign + 1)).matches();
        });
    }
}
