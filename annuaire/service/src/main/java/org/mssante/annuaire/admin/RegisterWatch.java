package org.mssante.annuaire.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.SyncRun;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;

/** Whether an edition of the register waits for a person's word or could not be read, and how large the directory is. */
public final class RegisterWatch implements Watch {
    private final DirectoryView view;
    private final DirectoryIndex index;

    public RegisterWatch(DirectoryView view, DirectoryIndex index) {
        this.view = view;
        this.index = index;
    }

    @Override
    public String subject() {
        return "register";
    }

    @Override
    public List<Finding> look() {
        return lastEnd()
                .flatMap(end -> switch (end) {
                    case HELD -> Optional.of(Alarm.REGISTER_HELD);
                    case FAILED -> Optional.of(Alarm.REGISTER_UNREADABLE);
                    case APPLIED, UNCHANGED, REHEARSED -> Optional.<Alarm>empty();
                })
                .map(alarm -> new Finding(alarm, "./mssante annuaire report says why"))
                .stream()
                .toList();
    }

    @Override
    public List<Metric> metrics() {
        try (Snapshot now = index.snapshot()) {
            return List.of(
                    Metric.gauge("mssante_directory_entries", "Entries of the directory.", now.size()),
                    Metric.gauge(
                            "mssante_register_held",
                            "1 while an edition of the register waits for a person's word.",
                            lastEnd().equals(Optional.of(SyncRun.End.HELD)) ? 1 : 0));
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be read", e);
        }
    }

    private Optional<SyncRun.End> lastEnd() {
        try {
            return view.lastEnd();
        } catch (IOException e) {
            throw new UncheckedIOException("the history of the register cannot be read", e);
        }
    }
}
