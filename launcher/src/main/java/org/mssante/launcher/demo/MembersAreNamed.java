package org.mssante.launcher.demo;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.core.trace.TraceReader;
import org.mssante.launcher.CommandFailure;

/** The trace says which person opened the shared mailbox, not only that it was opened. */
final class MembersAreNamed implements DemoStep {
    private final TraceReader traces;
    private final MailAddress mailbox;
    private final List<MailAddress> persons;
    private final OffsetDateTime since;

    /** @param since log-ins before that time do not count */
    MembersAreNamed(TraceReader traces, MailAddress mailbox, List<MailAddress> persons, OffsetDateTime since) {
        this.traces = traces;
        this.mailbox = mailbox;
        this.persons = List.copyOf(persons);
        this.since = since;
    }

    @Override
    public String title() {
        return "The trace names the person behind each log-in";
    }

    @Override
    public List<Check> play(Narrator narrator) {
        try {
            List<TraceLine> logins = traces.find(this::isLoginHere);
            logins.forEach(line -> narrator.tell(line.get(Field.ACTOR).orElse("nobody") + " opened " + mailbox + " by "
                    + line.get(Field.PROTOCOL).orElse("an unnamed protocol")));
            return persons.stream().map(person -> check(person, logins)).toList();
        } catch (IOException e) {
            throw new CommandFailure("The trace cannot be read (" + e.getMessage() + ").", e);
        }
    }

    private boolean isLoginHere(TraceLine line) {
        return line.event().equals(Event.AUTHENTICATED.name())
                && line.get(Field.ON_BEHALF_OF)
                        .filter(mailbox.toString()::equals)
                        .isPresent()
                && !line.time().isBefore(since);
    }

    private static Check check(MailAddress person, List<TraceLine> logins) {
        boolean named = logins.stream()
                .anyMatch(line ->
                        line.get(Field.ACTOR).filter(person.toString()::equals).isPresent());
        return Check.that("the trace names " + person, named, named ? "named" : "not named");
    }
}
