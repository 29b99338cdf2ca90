package org.mssante.server.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.mssante.core.settings.StartupFailure;

/**
 * The folder in which the server keeps its trust lists: the last good one, one that waits for the operator, the history.
 * The server writes; the command line reads, and writes one file only: the operator's confirmation.
 */
public final class ListFolder {
    private final Path folder;
    private final ListHistory history;

    /** @param lists kept in the history */
    public ListFolder(Path folder, int lists) {
        this.folder = folder;
        this.history = new ListHistory(folder.resolve("history"), lists);
    }

    void create() throws IOException {
        Files.createDirectories(folder);
    }

    public ListHistory history() {
        return history;
    }

    /** What the running server says of itself, one JSON object. */
    public Path status() {
        return folder.resolve("status.json");
    }

    /** The list of the last run, to be verified again. */
    Optional<byte[]> lastGood() throws IOException {
        return read(lastGoodFile());
    }

    void keep(byte[] bytes) throws IOException {
        DurableFile.write(lastGoodFile(), bytes);
    }

    /** A list that takes too much away and waits for the operator. */
    public Optional<byte[]> waiting() throws IOException {
        return read(waitingFile());
    }

    void setWaiting(byte[] bytes) throws IOException {
        DurableFile.write(waitingFile(), bytes);
    }

    void clearWaiting() throws IOException {
        Files.deleteIfExists(waitingFile());
        Files.deleteIfExists(confirmationFile());
    }

    /**
     * The operator takes responsibility for one list.
     *
     * @param sha256 of its bytes
     * @param operator who he is, for the trace
     */
    public void confirm(String sha256, String operator) throws IOException {
        DurableFile.write(confirmationFile(), (sha256 + " " + operator).getBytes(StandardCharsets.UTF_8));
    }

    /** The list the operator said yes to, and who he is. */
    Optional<Confirmation> confirmation() throws IOException {
        return read(confirmationFile())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip().split(" ", 2))
                .filter(words -> words.length == 2)
                .map(words -> new Confirmation(words[0], words[1]));
    }

    /** @param sha256 of the list he saw: another one that waits by now is not confirmed */
    record Confirmation(String sha256, String operator) {}

    /** When the source last had the list in force; empty where that is not known. */
    Optional<Instant> checked() throws IOException {
        try {
            return read(checkedFile())
                    .map(bytes -> Instant.parse(new String(bytes, StandardCharsets.US_ASCII).strip()));
        } catch (DateTimeParseException e) {
            throw new StartupFailure("The file " + checkedFile() + " does not hold a time: delete it.", e);
        }
    }

    void setChecked(Instant time) throws IOException {
        DurableFile.write(checkedFile(), time.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Path lastGoodFile() {
        return folder.resolve("last-good-trust-list.xml");
    }

    private Path waitingFile() {
        return folder.resolve("waiting-trust-list.xml");
    }

    private Path confirmationFile() {
        return folder.resolve("confirmed");
    }

    private Path checkedFile() {
        return folder.resolve("checked");
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }
}
