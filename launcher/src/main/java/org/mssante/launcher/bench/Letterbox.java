package org.mssante.launcher.bench;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Makes messages of one size: a text and an attachment of random octets in base64, each with its own Message-ID and its
 * own body, so that no server can keep one body for two of them. The recipients take turns. Thread-safe.
 */
final class Letterbox {
    private static final String BOUNDARY = "=_mssante_bench";
    private static final int LINE_OCTETS = 57;

    /** About what header, text and boundaries come to. */
    private static final int TOP_OCTETS = 620;

    private final Account sender;
    private final List<Account> recipients;
    private final int perMessage;
    private final String run;
    private final Clock clock;
    private final byte[] attachment;
    private final AtomicLong count = new AtomicLong();

    /**
     * @param size of a message in octets, roughly
     * @param perMessage recipients of one message
     * @param run makes Message-IDs unique among runs
     */
    Letterbox(Account sender, List<Account> recipients, int size, int perMessage, String run, Clock clock) {
        this.sender = sender;
        this.recipients = List.copyOf(recipients);
        this.perMessage = perMessage;
        this.run = run;
        this.clock = clock;
        this.attachment = attachment(Math.max(0, size - TOP_OCTETS));
    }

    BenchMessage next() {
        long number = count.getAndIncrement();
        List<Account> to = new ArrayList<>();
        for (int i = 0; i < perMessage; i++) {
            to.add(recipients.get((int) ((number * perMessage + i) % recipients.size())));
        }
        String id = "bench." + run + "." + number + "@" + sender.address().domain();
        String names = to.stream().map(account -> "<" + account.address() + ">").collect(Collectors.joining(", "));
        String top = String.join(
                "\r\n",
                "From: <" + sender.address() + ">",
                "To: " + names,
                "Message-ID: <" + id + ">",
                "Date: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(clock.withZone(ZoneOffset.UTC))),
                "Subject: benchmark " + number,
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"",
                "",
                "--" + BOUNDARY,
                "Content-Type: text/plain; charset=utf-8",
                "",
                "Message " + id + " of a benchmark.",
                "--" + BOUNDARY,
                "Content-Type: application/pdf; name=\"report.pdf\"",
                "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment; filename=\"report.pdf\"",
                "",
                "");
        String end = "--" + BOUNDARY + "--\r\n";
        return new BenchMessage(
                id,
                to,
                List.of(top.getBytes(StandardCharsets.UTF_8), attachment, end.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] attachment(int size) {
        byte[] random = new byte[size / 78 * LINE_OCTETS];
        new Random(size).nextBytes(random);
        String lines = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encodeToString(random);
        return (lines + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
