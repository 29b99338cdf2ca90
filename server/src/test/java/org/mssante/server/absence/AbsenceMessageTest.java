package org.mssante.server.absence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.mssante.annuaire.api.Absence;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;

class AbsenceMessageTest {
    private static final MailAddress SENDER = MailAddress.parse("dr@chu.mssante.fr");
    private static final Absence DAYS =
            new Absence(LocalDate.of(2026, 8, 1), LocalDate.of(2026, 8, 15), "Voyez l'été.");

    @Test
    void saysWhichDaysAndInWhoseWords() throws Exception {
        MimeMessage message = written("Dr Élise MARTIN", DAYS);

        assertThat(message.getSubject()).isEqualTo("Absence : Dr Élise MARTIN");
        assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("Dr Élise MARTIN");
        assertThat(message.getHeader("Date")).containsExactly("Sat, 1 Aug 2026 10:00:00 +0200");
        assertThat(message.getContent().toString())
                .contains("« Dr Élise MARTIN » n'est pas relevée du 1 août 2026 au 15 août 2026.", "Voyez l'été.");
    }

    @Test
    void oneDayIsOneDay() throws Exception {
        Absence day = new Absence(LocalDate.of(2026, 8, 1), LocalDate.of(2026, 8, 1), "Demain.");

        assertThat(written("Cabinet", day).getContent().toString()).contains("n'est pas relevée le 1 août 2026.");
    }

    @Test
    void aNameInAsciiNeedsNoEncoding() throws Exception {
        assertThat(written("Cabinet Exemple", DAYS).getHeader("Subject")).containsExactly("Absence : Cabinet Exemple");
        assertThat(written("Cabinet, Exemple", DAYS).getFrom()).hasSize(1);
    }

    @Test
    void aNameCannotAddAHeader() throws Exception {
        MimeMessage message = written("Cabinet\r\nBcc: autre@demo.mssante.fr", DAYS);

        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getFrom()).hasSize(1);
    }

    @Test
    void aNameWithQuotesStaysOneName() throws Exception {
        MimeMessage message = written("Dr \"Jo\" <x@y.fr>", DAYS);

        assertThat(message.getFrom()).hasSize(1);
        assertThat(((InternetAddress) message.getFrom()[0]).getAddress()).isEqualTo("cabinet@demo.mssante.fr");
    }

    private static MimeMessage written(String name, Absence absence) throws Exception {
        Mailbox mailbox = new Mailbox(
                MailAddress.parse("cabinet@demo.mssante.fr"),
                MailboxType.ORG,
                MailboxState.ACTIVE,
                name,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                SigningPolicy.NONE,
                DmpFiling.OFF,
                Optional.empty(),
                Optional.of(absence),
                0);
        String text = AbsenceMessage.write(
                mailbox,
                absence,
                SENDER,
                Optional.of("<a@x>"),
                "smtp.demo.mssante.fr",
                Instant.parse("2026-08-01T08:00:00Z"),
                ZoneId.of("Europe/Paris"));
        assertThat(text).isASCII();
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
