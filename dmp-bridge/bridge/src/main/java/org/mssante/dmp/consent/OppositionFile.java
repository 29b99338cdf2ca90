package org.mssante.dmp.consent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mssante.core.id.Ins;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Oid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The register as a file an operator edits: one patient a line, {@code matricule;OID of the INS;IO|INO|NA}, comments
 * with #. A changed file is read again before the next decision; a line that cannot be understood makes the whole
 * register unavailable, so that no opposition is overlooked.
 */
public final class OppositionFile implements OppositionRegister {
    private static final Logger LOGGER = LoggerFactory.getLogger(OppositionFile.class);

    private final Path file;
    private Map<Ins, LocalOpposition> entries = Map.of();
    private FileTime readAt = FileTime.fromMillis(Long.MIN_VALUE);
    private boolean usable;

    public OppositionFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized LocalOpposition of(Ins patient) {
        refresh();
        return usable ? entries.getOrDefault(patient, LocalOpposition.NONE) : LocalOpposition.UNAVAILABLE;
    }

    private void refresh() {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            if (usable && modified.equals(readAt)) {
                return;
            }
            entries = read(Files.readAllLines(file, StandardCharsets.UTF_8));
            readAt = modified;
            usable = true;
        } catch (IOException | IllegalArgumentException e) {
            usable = false;
            LOGGER.warn("the register of oppositions {} cannot be used: {}", file, e.getMessage());
        }
    }

    private static Map<Ins, LocalOpposition> read(List<String> lines) {
        Map<Ins, LocalOpposition> entries = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                if (entries.put(patient(line, i + 1), code(line, i + 1)) != null) {
                    // which of two lines holds is not ours to guess: the register is unusable, documents wait
                    throw new IllegalArgumentException("line " + (i + 1) + ": the patient stands here twice");
                }
            }
        }
        return entries;
    }

    private static Ins patient(String line, int number) {
        String[] cells = cells(line, number);
        try {
            return new Ins(cells[0].strip(), new Oid(cells[1].strip()));
        } catch (InvalidIdentifierException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }

    private static LocalOpposition code(String line, int number) {
        return switch (cells(line, number)[2].strip()) {
            case "IO" -> LocalOpposition.IO;
            case "INO" -> LocalOpposition.INO;
            case "NA" -> LocalOpposition.NA;
            default -> throw new IllegalArgumentException("line " + number + ": the codes are IO, INO and NA");
        };
    }

    private static String[] cells(String line, int number) {
        String[] cells = line.split(";", -1);
        if (cells.length != 3) {
            throw new IllegalArgumentException("line " + number + ": a line has three cells");
        }
        return cells;
    }
}
