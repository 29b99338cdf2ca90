package org.mssante.dmp.store.patient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mssante.core.id.Ins;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Oid;
import org.mssante.dmp.xds.td02.DmpState;

/**
 * A file of patients, UTF-8: one a line, {@code matricule,OID of the INS authority,state}; the first line names the
 * columns, lines that start with # are comments. States are those of {@link DmpState} in lower case.
 */
final class PatientsFile {
    private static final String HEADER = "matricule,authority,state";
    private static final int COLUMNS = 3;

    private PatientsFile() {}

    /** A line is wrong. The message names the line and the rule, never the patient. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    static Map<Ins, DmpState> read(Path file) throws IOException, MalformedException {
        Map<Ins, DmpState> patients = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        boolean headerSeen = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!headerSeen) {
                if (!line.equals(HEADER)) {
                    throw new MalformedException("line " + (i + 1) + " must be " + HEADER);
                }
                headerSeen = true;
                continue;
            }
            row(line, i + 1, patients);
        }
        return patients;
    }

    private static void row(String line, int number, Map<Ins, DmpState> patients) throws MalformedException {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new MalformedException("line " + number + " has not " + COLUMNS + " columns");
        }
        try {
            Ins patient = new Ins(cells[0].strip(), new Oid(cells[1].strip()));
            patients.put(patient, DmpState.valueOf(cells[2].strip().toUpperCase(Locale.ROOT)));
        } catch (InvalidIdentifierException e) {
            throw new MalformedException("line " + number + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new MalformedException(
                    "line " + number + ": the state is absent, active, closed, opposed or blocked");
        }
    }
}
