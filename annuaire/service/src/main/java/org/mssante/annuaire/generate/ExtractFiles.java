package org.mssante.annuaire.generate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a generated register as the published files look (annuaire.md §1.4 to §1.8): UTF-8, {@code |} between the columns
 * and behind the last one, a header line. A few lines are damaged as real ones are: a column too few, a character in
 * another charset; a few stand twice.
 */
public final class ExtractFiles {
    private static final String SUFFIX = ".txt";
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final int BUFFER = 1 << 18;
    private static final int LINES_BETWEEN_WORDS = 200_000;
    private static final int TWICE = 9_973;
    private static final int OTHER_CHARSET = 499_979;
    private static final int COLUMN_TOO_FEW = 199_999;

    private final GeneratedRegister register;
    private final String timeStamp;
    private final Consumer<String> progress;

    /** How the extracts lie in the folder. */
    public enum Form {
        /** A text file each, as data.gouv.fr publishes them. */
        TEXT,
        /** An archive of what is said of professionals and one of the mailboxes, as the ANS delivers them. */
        ZIP
    }

    /** One extract: how its name begins, and its lines. */
    private record Content(String name, String header, int lines, IntFunction<Optional<String>> line) {}

    /** @param progress takes an English line now and then */
    public ExtractFiles(long seed, Size size, Edition edition, Consumer<String> progress) {
        this.register = new GeneratedRegister(seed, size, edition);
        this.timeStamp = "%012d".formatted(202_600_000_000L + edition.number());
        this.progress = progress;
    }

    /** Writes the extracts into an existing folder; those of an earlier edition stay beside them. */
    public void write(Path folder, Form form) throws IOException {
        Content mailboxes = new Content(
                "Extraction_Correspondance_MSSante_", Headers.MAILBOXES, register.mailboxes(), register::mailbox);
        if (form == Form.ZIP) {
            archive(folder, "PS_LibreAcces_", professionals());
            archive(folder, mailboxes.name(), List.of(mailboxes));
            return;
        }
        for (Content content :
                Stream.concat(professionals().stream(), Stream.of(mailboxes)).toList()) {
            try (OutputStream out = create(folder.resolve(fileName(content)))) {
                write(out, content);
            }
        }
    }

    private List<Content> professionals() {
        List<Content> contents = new ArrayList<>(List.of(
                new Content(
                        "PS_LibreAcces_Personne_activite_",
                        Headers.ACTIVITIES,
                        register.activities(),
                        register::activity),
                new Content("PS_LibreAcces_SavoirFaire_", Headers.SKILLS, register.skills(), register::skill)));
        if (register.diplomas() > 0) {
            contents.add(new Content(
                    "PS_LibreAcces_Dipl_AutExerc_", Headers.DIPLOMAS, register.diplomas(), register::diploma));
        }
        return contents;
    }

    private void archive(Path folder, String name, List<Content> contents) throws IOException {
        Path file = folder.resolve(name + timeStamp + ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(create(file))) {
            for (Content content : contents) {
                ZipEntry entry = new ZipEntry(fileName(content));
                // the same options give the same octets
                entry.setTimeLocal(ALWAYS);
                zip.putNextEntry(entry);
                write(zip, content);
                zip.closeEntry();
            }
        }
        progress.accept(file.getFileName() + ": " + Files.size(file) + " bytes");
    }

    private String fileName(Content content) {
        return content.name() + timeStamp + SUFFIX;
    }

    private static OutputStream create(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    }

    private void write(OutputStream out, Content content) throws IOException {
        write(out, content.header(), StandardCharsets.UTF_8);
        for (int line = 0; line < content.lines(); line++) {
            Optional<String> row = content.line().apply(line);
            if (row.isPresent()) {
                write(out, line, row.get());
            }
            if (line % LINES_BETWEEN_WORDS == LINES_BETWEEN_WORDS - 1) {
                progress.accept(fileName(content) + ": " + (line + 1) + " of " + content.lines() + " lines");
            }
        }
        progress.accept(fileName(content) + ": " + content.lines() + " lines");
    }

    private static void write(OutputStream out, int line, String row) throws IOException {
        String whole = line % COLUMN_TOO_FEW == COLUMN_TOO_FEW - 1 ? row.substring(0, row.lastIndexOf('|')) : row;
        Charset charset =
                line % OTHER_CHARSET == OTHER_CHARSET - 1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        write(out, whole, charset);
        if (line % TWICE == TWICE - 1) {
            write(out, whole, charset);
        }
    }

    private static void write(OutputStream out, String row, Charset charset) throws IOException {
        out.write((row + "|\n").getBytes(charset));
    }
}
