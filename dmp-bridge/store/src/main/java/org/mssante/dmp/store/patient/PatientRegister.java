package org.mssante.dmp.store.patient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.core.settings.StartupFailure;
import org.mssante.dmp.store.registry.DmpStates;
import org.mssante.dmp.store.sql.PatientTable;
import org.mssante.dmp.store.sql.StoreDatabase;
import org.mssante.dmp.xds.td02.DmpState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of each patient's DMP: the table of the database, onto which a file is applied at start and again whenever
 * it has changed. A file that became wrong changes nothing and is reported. Thread-safe.
 */
public final class PatientRegister implements DmpStates {
    private static final Logger LOGGER = LoggerFactory.getLogger(PatientRegister.class);

    private final StoreDatabase database;
    private final Optional<Path> file;
    private final DmpState unknown;
    private final Clock clock;
    private FileTime applied = FileTime.fromMillis(0);

    /**
     * @param file of patients, kept small
     * @param unknown the state of a patient the table does not hold
     * @throws StartupFailure where the file is missing or malformed
     */
    public PatientRegister(StoreDatabase database, Optional<Path> file, DmpState unknown, Clock clock) {
        this.database = database;
        this.file = file;
        this.unknown = unknown;
        this.clock = clock;
        file.ifPresent(this::applyAtStart);
    }

    @Override
    public DmpState state(Ins patient) {
        file.ifPresent(this::applyIfChanged);
        return database.read(connection -> PatientTable.state(connection, patient))
                .orElse(unknown);
    }

    private void applyAtStart(Path path) {
        try {
            apply(path, Files.getLastModifiedTime(path));
        } catch (IOException | PatientsFile.MalformedException e) {
            throw new StartupFailure(
                    "The patients file " + path + " cannot be used (" + e.getMessage()
                            + "): correct it or leave patients.file empty.",
                    e);
        }
    }

    private synchronized void applyIfChanged(Path path) {
        try {
            FileTime modified = Files.getLastModifiedTime(path);
            if (!modified.equals(applied)) {
                applyChange(path, modified);
            }
        } catch (IOException e) {
            LOGGER.warn("the patients file cannot be read, the states stay as they are: {}", e.toString());
        }
    }

    private void applyChange(Path path, FileTime modified) throws IOException {
        try {
            apply(path, modified);
        } catch (PatientsFile.MalformedException e) {
            applied = modified;
            LOGGER.warn("the patients file is wrong, the states stay as they are: {}", e.getMessage());
        }
    }

    private synchronized void apply(Path path, FileTime modified) throws IOException, PatientsFile.MalformedException {
        Map<Ins, DmpState> patients = PatientsFile.read(path);
        database.inTransaction(connection -> {
            for (Map.Entry<Ins, DmpState> patient : patients.entrySet()) {
                PatientTable.put(connection, patient.getKey(), patient.getValue(), clock.instant());
            }
            return patients.size();
        });
        applied = modified;
        LOGGER.info("{} patients taken over from {}", patients.size(), path);
    }
}
