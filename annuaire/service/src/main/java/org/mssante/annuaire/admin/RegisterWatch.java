package org.mssante.annuaire.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;

/** Whether an edition of the register waits for a person's word or could not be read, and how large the directory is. */
public final class RegisterWatch implements Watch {
    private static final String WHY = "./mssante annuaire report says why";

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
        if (isHeld()) {
            return List.of(new Finding(Alarm.REGISTER_HELD, WHY));
        }
        return isUnreadable() ? List.of(new Finding(Alarm.REGISTER_UNREADABLE, WHY)) : List.of();
    }

    @Override
    public List<Metric> metrics() {
        try (Snapshot now = index.snapshot()) {
            return List.of(
                    Metric.gauge("mssante_directory_entries", "Entries of the directory.", now.size()),
                    Metric.gauge(
                            "mssante_register_held",
                            "1 while an edition of the register waits for a person's word.",
                            isHeld() ? 1 : 0));
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be read", e);
        }
    }

    private boolean isHeld() {
        return known(() -> view.held().isPresent());
    }

    private boolean isUnreadable() {
        return known(view::hasFailed);
    }

    /** What the history of looks says. */
    @FunctionalInterface
    private interface Fact {
        boolean holds() throws IOException;
    }

    private static boolean known(Fact fact) {
        try {
            return fact.holds();
        } catch (IOException e) {
            throw new UncheckedIOException("the history of the register cannot be read", e);
        }
    }
}
