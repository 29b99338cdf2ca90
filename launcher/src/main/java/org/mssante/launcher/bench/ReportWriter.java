package org.mssante.launcher.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.launcher.CommandFailure;

/**
 * Writes mails with a report as a laboratory sends it: an {@code IHE_XDM.zip} with a CDA document of the wanted size, whose
 * copy as a PDF stands in it in base64, and the metadata that agree with it. Every report has identifiers of its own, and
 * each of {@value #PATIENTS} patients has one in turn. Thread-safe.
 */
final class ReportWriter {
    private static final int PATIENTS = 1_000;
    private static final long FIRST_NIR = 2_580_299_999_000L;
    private static final int MODULUS = 97;
    private static final int LINE_OCTETS = 57;
    private static final String BOUNDARY = "=_mssante_bench";
    private static final String SUBSET = "IHE_XDM/SUBSET01/";

    /** The first of each in a CDA header, and the uniqueId of the submission set (ITI TF-3 §4.2.3.3.12). */
    private static final Pattern DOCUMENT_ID = Pattern.compile("<id root=\"([0-9.]+)\"/>");

    private static final Pattern SET_ID = Pattern.compile("<setId root=\"([0-9.]+)\"/>");
    private static final Pattern INS = Pattern.compile("extension=\"([0-9]{15})\"");
    private static final Pattern SUBMISSION_ID = Pattern.compile(
            "identificationScheme=\"urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8\"[^>]*?value=\"([0-9.]+)\"");
    private static final Pattern SIZE = Pattern.compile("(Slot name=\"size\">\\s*<[^>]+>\\s*<[^>]+>)[0-9]+");
    private static final String FIRST_ENTRY = "<entry ";

    private final Account sender;
    private final Account recipient;
    private final String run;
    private final long firstArc;
    private final Clock clock;
    private final List<FilingMix.Share> turn;
    private final Map<FilingMix.Share, Blank> documents = new HashMap<>();
    private final Blank metadata;
    private final byte[] index;
    private final byte[] readme;
    private final AtomicLong count = new AtomicLong();

    /**
     * @param sample the folder of an unpacked {@code IHE_XDM.zip} with one document
     * @param run makes identifiers unique among runs
     */
    ReportWriter(Account sender, Account recipient, FilingMix mix, Path sample, long run, Clock clock) {
        this.sender = sender;
        this.recipient = recipient;
        this.run = Long.toString(run, Character.MAX_RADIX);
        this.firstArc = run * 1_000_000;
        this.clock = clock;
        this.turn = mix.turn();
        String document = read(sample.resolve(SUBSET + "DOC00001.XML"));
        String entry = read(sample.resolve(SUBSET + "METADATA.XML"));
        String id = first(DOCUMENT_ID, document);
        String ins = first(INS, document);
        String blank =
                gap(gap(document, id, "id"), first(SET_ID, document), "set").replace(ins, "${ins}");
        for (FilingMix.Share share : mix.shares()) {
            documents.put(share, new Blank(enlarged(blank, share.octets())));
        }
        String hash = Hash.sha1(document.getBytes(StandardCharsets.UTF_8)).hex();
        this.metadata = new Blank(SIZE.matcher(gap(gap(entry, id, "id"), first(SUBMISSION_ID, entry), "submission")
                        .replace(ins, "${ins}")
                        .replace(hash, "${hash}"))
                .replaceFirst("$1\\${size}"));
        this.index = read(sample.resolve("INDEX.HTM")).getBytes(StandardCharsets.UTF_8);
        this.readme = read(sample.resolve("README.TXT")).getBytes(StandardCharsets.UTF_8);
    }

    /** The next mail; its parts are whole lines. */
    BenchMessage next() {
        long number = count.getAndIncrement();
        long arc = firstArc + number;
        long nir = FIRST_NIR + number % PATIENTS;
        Map<String, String> values = new HashMap<>();
        values.put("id", "2.25." + arc + ".1");
        values.put("set", "2.25." + arc + ".2");
        values.put("submission", "2.25." + arc + ".3");
        values.put("ins", nir + "%02d".formatted(MODULUS - nir % MODULUS));
        byte[] document = documents.get(turn.get((int) (number % turn.size()))).filled(values);
        values.put("hash", Hash.sha1(document).hex());
        values.put("size", Integer.toString(document.length));
        return mail(number, zip(document, metadata.filled(values)));
    }

    private BenchMessage mail(long number, byte[] zip) {
        String id = "bench." + run + "." + number + "@" + sender.address().domain();
        String top = String.join(
                "\r\n",
                "From: <" + sender.address() + ">",
                "To: <" + recipient.address() + ">",
                "Message-ID: <" + id + ">",
                "Date: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(clock.withZone(ZoneOffset.UTC))),
                "Subject: XDM/1.0/DDM+COMPTE RENDU D'EXAMENS BIOLOGIQUES EXEMPLE-UN CAMILLE 14/02/1958",
                "X-MSS-INS: O",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"",
                "",
                "--" + BOUNDARY,
                "Content-Type: text/plain; charset=utf-8",
                "",
                "Message " + id + " of a benchmark.",
                "--" + BOUNDARY,
                "Content-Type: application/zip; name=\"IHE_XDM.zip\"",
                "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment; filename=\"IHE_XDM.zip\"",
                "",
                "");
        byte[] base64 = Base64.getMimeEncoder().encode(zip);
        String end = "\r\n--" + BOUNDARY + "--\r\n";
        return new BenchMessage(
                id,
                List.of(recipient),
                List.of(top.getBytes(StandardCharsets.UTF_8), base64, end.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] zip(byte[] document, byte[] entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(document.length);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            // the generator shares the processors with what it measures
            zip.setLevel(Deflater.BEST_SPEED);
            add(zip, "INDEX.HTM", index);
            add(zip, "README.TXT", readme);
            add(zip, SUBSET + "METADATA.XML", entry);
            add(zip, SUBSET + "DOC00001.XML", document);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** The document with a PDF of random octets before its first entry (CDA R2, observationMedia). */
    private static String enlarged(String document, int octets) {
        int missing = octets - document.length();
        if (missing <= 0) {
            return document;
        }
        byte[] random = new byte[missing / 78 * LINE_OCTETS];
        new Random(octets).nextBytes(random);
        String media = "<entry><observationMedia classCode=\"OBS\" moodCode=\"EVN\">"
                + "<value mediaType=\"application/pdf\" representation=\"B64\">\n"
                + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(random)
                + "\n</value></observationMedia></entry>\n";
        int at = document.indexOf(FIRST_ENTRY);
        if (at < 0) {
            throw new CommandFailure("The sample document has no entry: restore it.");
        }
        return document.substring(0, at) + media + document.substring(at);
    }

    /** A gap for every occurrence of the identifier as a whole. */
    private static String gap(String text, String identifier, String name) {
        return Pattern.compile("(?<![0-9.])" + Pattern.quote(identifier) + "(?![0-9.])")
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement("${" + name + "}"));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new CommandFailure("The sample document lacks an identifier: restore it.");
        }
        return matcher.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure("The sample " + file + " cannot be read: restore it.", e);
        }
    }
}
