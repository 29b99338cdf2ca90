package org.mssante.annuaire.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.rpps.ExtractFolder;
import org.mssante.annuaire.rpps.ExtractReader;
import org.mssante.annuaire.rpps.ReadReport;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index in step with its two sources. The register is read again only where its files have changed; our own
 * mailboxes are taken over at every start, over what the register says of the same address.
 */
public final class DirectoryView {
    private static final Logger LOGGER = LoggerFactory.getLogger(DirectoryView.class);

    private final DirectoryIndex index;
    private final MailboxRegistry registry;
    private final Trace trace;
    private final Configuration configuration;

    /**
     * @param extracts folder of the public extracts, text or zip
     * @param scratch folder for sorting; emptied at each load
     * @param services that have an entry to bind with
     */
    public record Configuration(
            Path extracts, Path scratch, int maxLineBytes, long sortBufferBytes, List<String> services) {
        public Configuration {
            services = List.copyOf(services);
        }
    }

    public DirectoryView(DirectoryIndex index, MailboxRegistry registry, Trace trace, Configuration configuration) {
        this.index = index;
        this.registry = registry;
        this.trace = trace;
        this.configuration = configuration;
    }

    /**
     * Brings the index up to date. Where the extracts cannot be read the last good state stays in service.
     *
     * @throws StartupFailure where there is no last good state either
     */
    public void load() throws IOException {
        boolean first = index.source().isEmpty();
        try {
            String source = SourceFingerprint.of(configuration.extracts());
            if (index.source().filter(source::equals).isPresent()) {
                index.put(this::ownMailboxes);
                report("own mailboxes", List.of());
            } else {
                List<ReadReport> reports = new ArrayList<>();
                index.rebuild(source, rebuild -> {
                    reports.addAll(register().writeTo(rebuild));
                    ownMailboxes(rebuild);
                });
                report(source, reports);
            }
        } catch (IOException e) {
            if (first) {
                throw new StartupFailure(
                        "The extracts in " + configuration.extracts() + " cannot be loaded (" + e.getMessage()
                                + "): correct register.extracts or the files.",
                        e);
            }
            LOGGER.error("the register stays as it was loaded last", e);
            index.put(this::ownMailboxes);
        }
    }

    private RegisterLoad register() throws IOException {
        Path scratch = Files.createDirectories(configuration.scratch());
        try (var leftOver = Files.newDirectoryStream(scratch)) {
            for (Path file : leftOver) {
                Files.delete(file);
            }
        }
        return new RegisterLoad(
                new ExtractFolder(configuration.extracts()),
                new ExtractReader(configuration.maxLineBytes()),
                scratch,
                configuration.sortBufferBytes());
    }

    private void ownMailboxes(DirectoryIndex.Rebuild rebuild) throws IOException {
        for (DirectoryEntry entry : FixedEntries.all(configuration.services())) {
            rebuild.put(entry);
        }
        try (Snapshot register = rebuild.written()) {
            OwnEntries own = new OwnEntries(register);
            registry.forEach(registration -> {
                try {
                    rebuild.put(own.mailbox(registration));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void report(String source, List<ReadReport> reports) throws IOException {
        try (Snapshot now = index.snapshot()) {
            LOGGER.info("the directory holds {} entries", now.size());
            trace.record(TraceEntry.of(Event.DIRECTORY_LOADED)
                    .with(Field.COUNT, now.size())
                    .with(Field.DETAIL, source));
        }
        for (ReadReport report : reports) {
            LOGGER.info(
                    "{}: {} rows, {} quarantined, {} malformed characters, {} identifiers with a wrong key",
                    report.file(),
                    report.rows(),
                    report.quarantined(),
                    report.malformedBytes(),
                    report.doubtfulKeys());
            report.firstFaults().forEach(fault -> LOGGER.warn("{}: {}", report.file(), fault));
            if (!report.complete()) {
                LOGGER.warn("{} ends within a line: it may be truncated", report.file());
            }
        }
    }
}
