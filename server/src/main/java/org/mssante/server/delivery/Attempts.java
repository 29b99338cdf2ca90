package org.mssante.server.delivery;

import java.util.Collection;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * How often the handing over of a mail has failed; the mail carries it from attempt to attempt.
 *
 * @param all the failed attempts
 * @param distrusted those among them that ended at a peer that cannot be proven to be the listed one
 */
public record Attempts(int all, int distrusted) {
    private static final AttributeName ALL = AttributeName.of("mssante.delivery.attempts");
    private static final AttributeName DISTRUSTED = AttributeName.of("mssante.delivery.attempts.distrusted");

    public static Attempts of(Mail mail) {
        return new Attempts(count(mail, ALL), count(mail, DISTRUSTED));
    }

    /** Lets the attempts of a mail be counted anew. */
    public static void forget(Mail mail) {
        mail.removeAttribute(ALL);
        mail.removeAttribute(DISTRUSTED);
    }

    /** One more, which ended so; the recipients of one attempt share its peer. */
    Attempts failed(Collection<Failure> failures) {
        boolean proven = failures.stream().noneMatch(failure -> failure.kind() == Failure.Kind.DISTRUSTED);
        return new Attempts(all + 1, proven ? distrusted : distrusted + 1);
    }

    void writeTo(Mail mail) {
        mail.setAttribute(new Attribute(ALL, AttributeValue.of(all)));
        mail.setAttribute(new Attribute(DISTRUSTED, AttributeValue.of(distrusted)));
    }

    private static int count(Mail mail, AttributeName name) {
        return AttributeUtils.getValueAndCastFromMail(mail, name, Integer.class).orElse(0);
    }
}
