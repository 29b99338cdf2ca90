package org.mssante.dmp.consent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mssante.core.id.Ins;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Oid;
import org.mssante.dmp.xds.metadata.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The register as a file an operator edits, comments with #. A line {@code matricule;OID of the INS;IO|INO|NA} is what a
 * patient said about feeding his DMP, at most one a patient; a line {@code matricule;OID of the INS;BLOQUE;PS_IdNat}
 * names a professional he has blocked. The authorities of the INS number the same persons, so a line holds for its matricule
 * whichever of them a document names. The last line is {@code FIN}: a file that was emptied, or is read while it is being
 * saved, must not look like a register in which nobody opposed. A changed file is read again before the next decision; a
 * line that cannot be understood makes the whole register unavailable, so that no opposition is overlooked.
 */
public final class OppositionFile implements OppositionRegister {
    private static final Logger LOGGER = LoggerFactory.getLogger(OppositionFile.class);
    private static final String BLOCKED = "BLOQUE";
    private static final String END = "FIN";
    private static final Pattern NATIONAL_ID = Pattern.compile("[0-9]{9,20}");
    private static final int SHOWN = 12;

    private final Path file;
    private Optional<Content> content = Optional.empty();
    private FileTime readAt = FileTime.fromMillis(Long.MIN_VALUE);

    public OppositionFile(Path file) {
        this.file = file;
    }

    /** One reading of the file, by the matricule of the patient. */
    private record Content(Map<String, LocalOpposition> oppositions, Map<String, Set<String>> blocked, String edition) {
        LocalRights of(Ins patient) {
            return new LocalRights(
                    oppositions.getOrDefault(patient.matricule(), LocalOpposition.NONE),
                    blocked.getOrDefault(patient.matricule(), Set.of()),
                    edition);
        }
    }

    @Override
    public synchronized LocalRights of(Ins patient) {
        refresh();
        return content.map(read -> read.of(patient)).orElseGet(LocalRights::unavailable);
    }

    private void refresh() {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            if (content.isPresent() && modified.equals(readAt)) {
                return;
            }
            content = Optional.of(read(Files.readString(file, StandardCharsets.UTF_8)));
            readAt = modified;
        } catch (IOException | IllegalArgumentException e) {
            content = Optional.empty();
            LOGGER.warn("the register of oppositions {} cannot be used: {}", file, e.getMessage());
        }
    }

    private static Content read(String text) {
        Map<String, LocalOpposition> oppositions = new HashMap<>();
        Map<String, Set<String>> blocked = new HashMap<>();
        List<String> lines = text.stripTrailing().lines().map(String::strip).toList();
        int end = lines.size() - 1;
        if (end < 0 || !lines.get(end).equals(END)) {
            throw new IllegalArgumentException(
                    "its last line is not " + END + ": it is empty, or not saved to its end");
        }
        for (int i = 0; i < end; i++) {
            if (!lines.get(i).isEmpty() && !lines.get(i).startsWith("#")) {
                List<String> cells = List.of(lines.get(i).split("\\s*;\\s*", -1));
                String patient = matricule(cells, i + 1);
                if (cells.get(2).equals(BLOCKED)) {
                    blocked.computeIfAbsent(patient, key -> new HashSet<>()).add(professional(cells, i + 1));
                } else if (oppositions.put(patient, code(cells, i + 1)) != null) {
                    // which of two lines holds is not ours to guess: the register is unusable, documents wait
                    throw new IllegalArgumentException("line " + (i + 1) + ": the patient stands here twice");
                }
            }
        }
        String edition = Hash.sha1(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, SHOWN);
        return new Content(Map.copyOf(oppositions), Map.copyOf(blocked), edition);
    }

    private static String matricule(List<String> cells, int line) {
        if (cells.size() < 3) {
            throw new IllegalArgumentException("line " + line + ": a line has three cells");
        }
        try {
            return new Ins(cells.get(0), new Oid(cells.get(1))).matricule();
        } catch (InvalidIdentifierException e) {
            throw new IllegalArgumentException("line " + line + ": " + e.getMessage(), e);
        }
    }

    private static LocalOpposition code(List<String> cells, int line) {
        if (cells.size() != 3) {
            throw new IllegalArgumentException("line " + line + ": a line has three cells");
        }
        return switch (cells.get(2)) {
            case "IO" -> LocalOpposition.IO;
            case "INO" -> LocalOpposition.INO;
            case "NA" -> LocalOpposition.NA;
            default -> throw new IllegalArgumentException("line " + line + ": the codes are IO, INO, NA and BLOQUE");
        };
    }

    private static String professional(List<String> cells, int line) {
        if (cells.size() != 4 || !NATIONAL_ID.matcher(cells.get(3)).matches()) {
            throw new IllegalArgumentException(
                    "line " + line + ": a fourth cell names the blocked professional by his national identifier");
        }
        return cells.get(3);
    }
}
