package org.mssante.annuaire.generate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Writes a generated register as the published files look (annuaire.md §1.4 to §1.8): UTF-8, {@code |} between the columns
 * and behind the last one, a header line. A few lines are damaged as real ones are: a column too few, a character in
 * another charset; a few stand twice.
 */
public final class ExtractFiles {
    private static final String SUFFIX = ".txt";
    private static final int BUFFER = 1 << 18;
    private static final int LINES_BETWEEN_WORDS = 200_000;
    private static final int TWICE = 9_973;
    private static final int OTHER_CHARSET = 499_979;
    private static final int COLUMN_TOO_FEW = 199_999;

    private final GeneratedRegister register;
    private final String timeStamp;
    private final Consumer<String> progress;

    /** @param progress takes an English line now and then */
    public ExtractFiles(long seed, Size size, Edition edition, Consumer<String> progress) {
        this.register = new GeneratedRegister(seed, size, edition);
        this.timeStamp = "%012d".formatted(202_600_000_000L + edition.number());
        this.progress = progress;
    }

    /** Writes the three files into an existing folder; those of an earlier edition stay beside them. */
    public void write(Path folder) throws IOException {
        write(
                folder,
                "PS_LibreAcces_Personne_activite_",
                Headers.ACTIVITIES,
                register.activities(),
                register::activity);
        write(folder, "PS_LibreAcces_SavoirFaire_", Headers.SKILLS, register.skills(), register::skill);
        write(folder, "Extraction_Correspondance_MSSante_", Headers.MAILBOXES, register.mailboxes(), register::mailbox);
    }

    private void write(Path folder, String name, String header, int lines, IntFunction<Optional<String>> made)
            throws IOException {
        Path file = folder.resolve(name + timeStamp + SUFFIX);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            write(out, header, StandardCharsets.UTF_8);
            for (int line = 0; line < lines; line++) {
                Optional<String> row = made.apply(line);
                if (row.isPresent()) {
                    write(out, line, row.get());
                }
                if (line % LINES_BETWEEN_WORDS == LINES_BETWEEN_WORDS - 1) {
                    progress.accept(file.getFileName() + ": " + (line + 1) + " of " + lines + " lines");
                }
            }
        }
        progress.accept(file.getFileName() + ": " + Files.size(file) + " bytes");
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
