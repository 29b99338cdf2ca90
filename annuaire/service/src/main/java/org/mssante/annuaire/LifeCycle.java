package org.mssante.annuaire;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.annuaire.admin.FlagWatch;
import org.mssante.annuaire.admin.NoticeWatch;
import org.mssante.annuaire.admin.ReviewDesk;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.lifecycle.FindingsSearch;
import org.mssante.annuaire.lifecycle.LifeCyclePolicy;
import org.mssante.annuaire.lifecycle.NoticeSender;
import org.mssante.annuaire.lifecycle.NoticeSubmission;
import org.mssante.annuaire.lifecycle.RegisterReview;
import org.mssante.annuaire.lifecycle.ToldPeople;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.NoticeOutbox;
import org.mssante.annuaire.registry.RegisterFlags;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.RegisterSchedule;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.health.Watch;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Trace;

/** Assembles what compares our mailboxes with the register and tells people. */
final class LifeCycle {
    private final AnnuaireConfiguration.LifeCyclePart configuration;
    private final RegisterReview.Records records;
    private final NoticeOutbox outbox;
    private final RegisterReview review;
    private final FindingsSearch findings;
    private final Optional<NoticeSender> sender;
    private final Clock clock;

    /** What it stands on. */
    record Ground(
            RegistryDatabase database,
            MailboxRegistry registry,
            RegisterMemory memory,
            DirectoryIndex index,
            DirectoryView view,
            Trace trace,
            Clock clock) {}

    LifeCycle(AnnuaireConfiguration.LifeCyclePart configuration, Ground ground) {
        this.configuration = configuration;
        this.clock = ground.clock();
        LifeCyclePolicy policy = configuration.policy();
        RegisterFlags flags = new RegisterFlags(ground.database(), ground.registry(), ground.trace(), clock);
        this.records = new RegisterReview.Records(ground.registry(), flags, ground.memory());
        this.outbox = new NoticeOutbox(ground.database());
        ToldPeople people = configuration.notices().isPresent()
                ? ToldPeople.with(configuration.administrator())
                : ToldPeople.nobody();
        this.review = new RegisterReview(ground.view(), ground.index(), records, policy, people, clock);
        this.findings = new FindingsSearch(ground.index(), records, policy, clock);
        this.sender = configuration
                .notices()
                .map(notices ->
                        new NoticeSender(outbox, notices, policy, configuration.administrator(), ground.trace()));
    }

    RegisterReview review() {
        return review;
    }

    RegisterFlags flags() {
        return records.flags();
    }

    /** After each look at the register. */
    List<RegisterSchedule.Step> steps() {
        List<RegisterSchedule.Step> steps = new ArrayList<>(List.of(review::review));
        sender.ifPresent(present -> steps.add(present::sendWaiting));
        return steps;
    }

    ControlRoutes routes() {
        return new ReviewDesk(findings).routes();
    }

    List<Watch> watches() {
        return List.of(
                new FlagWatch(records.registry(), records.flags()),
                new NoticeWatch(outbox, configuration.noticeAge(), clock));
    }

    /** By the names of their settings. */
    Map<String, X509Certificate> certificates() {
        return configuration
                .notices()
                .map(NoticeSubmission::certificate)
                .map(folder ->
                        Map.of("lifecycle.notice.tls", KeyMaterial.load(folder).leaf()))
                .orElse(Map.of());
    }
}
