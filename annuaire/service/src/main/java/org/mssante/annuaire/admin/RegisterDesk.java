package org.mssante.annuaire.admin;

import java.io.IOException;
import org.mssante.annuaire.lifecycle.RegisterReview;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.SyncHistory;
import org.mssante.annuaire.sync.SyncRun;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;

/**
 * Looks at the register for an operator, and compares our mailboxes with what came into force: {@code POST /register/look} (with {@code permission=CONFIRMED} or {@code NONE}),
 * {@code GET /register/progress}, {@code GET /register/runs?most=N}.
 */
public final class RegisterDesk {
    private static final int MOST_RUNS = 1_000;

    private final DirectoryView view;
    private final RegisterReview review;
    private final Runnable notices;

    /** @param notices has those about what the review found sent, without waiting for it */
    public RegisterDesk(DirectoryView view, RegisterReview review, Runnable notices) {
        this.view = view;
        this.review = review;
        this.notices = notices;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .post("/register/look", this::look)
                .get(
                        "/register/progress",
                        request -> ControlAnswer.text(
                                "text/plain; charset=utf-8", view.progress().words()))
                .get("/register/runs", this::runs);
    }

    private ControlAnswer look(ControlRequest request) {
        DirectoryView.Permission permission = request.value("permission")
                .map(DirectoryView.Permission::valueOf)
                .orElse(DirectoryView.Permission.RULES);
        try {
            if (permission == DirectoryView.Permission.CONFIRMED && !view.isHeldEditionThere()) {
                return ControlAnswer.refused(
                        ControlAnswer.IMPOSSIBLE,
                        "No edition waits, or the extracts have changed since it was looked at: look again with "
                                + "./mssante annuaire sync.");
            }
            SyncRun run = view.look("operator " + request.caller(), permission);
            if (permission != DirectoryView.Permission.NONE) {
                review.review();
                notices.run();
            }
            return ControlAnswer.text("application/json", SyncHistory.json(run) + "\n");
        } catch (IOException e) {
            return ControlAnswer.refused(
                    ControlAnswer.FAILED, "The register could not be looked at (" + e.getMessage() + ").");
        }
    }

    private ControlAnswer runs(ControlRequest request) {
        try {
            int most = request.value("most").map(Integer::parseInt).orElse(1);
            return ControlAnswer.text(
                    "application/json",
                    "[" + String.join(",", view.history().lines(Math.min(most, MOST_RUNS))) + "]\n");
        } catch (NumberFormatException e) {
            return ControlAnswer.refused(ControlAnswer.WRONG, "How many runs? most is a number.");
        } catch (IOException e) {
            return ControlAnswer.refused(
                    ControlAnswer.FAILED, "The history of the register cannot be read (" + e.getMessage() + ").");
        }
    }
}
