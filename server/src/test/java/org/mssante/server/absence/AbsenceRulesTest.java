package org.mssante.server.absence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.MailAddress;

class AbsenceRulesTest {
    private static final MailAddress SENDER = MailAddress.parse("dr@demo.mssante.fr");
    private static final MailAddress MAILBOX = MailAddress.parse("cabinet@demo.mssante.fr");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Note: none",
                "Auto-Submitted: no",
                "Auto-Submitted: No (written by hand)",
                "Precedence: first-class",
                "Content-Type: multipart/mixed; boundary=b",
                "Subject: Patient suivi en commun",
            })
    void answersWhatAPersonWrote(String header) throws MessagingException {
        assertThat(AbsenceRules.isPersonal(message(header), SENDER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-generated",
                "Auto-Submitted: auto-replied; owner-email=x",
                "Auto-Submitted: no\r\nAuto-Submitted: auto-notified",
                "Precedence: bulk",
                "Precedence: LIST",
                "List-Id: <equipe.demo.mssante.fr>",
                "List-Unsubscribe: <mailto:x@demo.mssante.fr>",
                "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
                "Subject: XDM/1.0/DDM+CR de biologie DURAND Ines 01/01/1980",
            })
    void answersNothingElse(String header) throws MessagingException {
        assertThat(AbsenceRules.isPersonal(message(header), SENDER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postmaster@demo.mssante.fr", "MAILER-DAEMON@chu.mssante.fr", "no-reply@chu.mssante.fr"})
    void answersNoAddressOfAProgram(String sender) throws MessagingException {
        assertThat(AbsenceRules.isPersonal(message("X-Note: none"), MailAddress.parse(sender)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "To: cabinet@demo.mssante.fr, true",
        "'To: autre@demo.mssante.fr, \"Le cabinet\" <Cabinet@Demo.mssante.fr>', true",
        "Cc: cabinet@demo.mssante.fr, true",
        "To: autre@demo.mssante.fr, false",
        "Bcc: cabinet@demo.mssante.fr, false",
        "'To: <<', false",
    })
    void aMailboxAnswersWhereTheMessageNamesIt(String header, boolean named) throws MessagingException {
        assertThat(AbsenceRules.names(message(header), MAILBOX)).isEqualTo(named);
    }

    private static MimeMessage message(String header) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream((header + "\r\n\r\ntexte\r\n").getBytes(StandardCharsets.UTF_8)));
    }
}
