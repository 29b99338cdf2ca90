package org.mssante.annuaire;

import java.time.Clock;
import java.time.Duration;
import org.mssante.annuaire.admin.AdministratorDesk;
import org.mssante.annuaire.admin.CredentialDesk;
import org.mssante.annuaire.admin.MailboxDesk;
import org.mssante.annuaire.office.DelegationOffice;
import org.mssante.annuaire.office.MailboxOffice;
import org.mssante.annuaire.office.Rules;
import org.mssante.annuaire.rest.AdministrationSite;
import org.mssante.annuaire.sync.TakeOvers;
import org.mssante.annuaire.web.Site;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.trace.Trace;

/** Assembles the administration of our mailboxes: one office, a door on the machine and one on the network. */
final class Administration implements AutoCloseable {
    private final AnnuaireConfiguration.AdministrationPart configuration;
    private final MailboxOffice.Records records;
    private final Rules rules;
    private final PersonalAccounts people;
    private final TakeOvers takeOvers;
    private final DelegationOffice administrators;

    Administration(
            AnnuaireConfiguration.AdministrationPart configuration,
            MailboxOffice.Records records,
            PersonalAccounts people,
            TakeOvers takeOvers) {
        this.configuration = configuration;
        this.records = records;
        this.rules = new Rules(configuration.types(), configuration.secondFactor());
        this.people = people;
        this.takeOvers = takeOvers;
        this.administrators = new DelegationOffice(records.delegations(), rules);
    }

    /** @param patience of the one who asks over the control socket */
    ControlRoutes routes(Duration patience) {
        MailboxOffice office = new MailboxOffice(records, rules, takeOvers, patience);
        return new MailboxDesk(office)
                .routes()
                .and(new CredentialDesk(people.office(office)).routes())
                .and(new AdministratorDesk(administrators).routes());
    }

    Site site(Trace trace, Clock clock) {
        MailboxOffice office = new MailboxOffice(records, rules, takeOvers, configuration.patience());
        return new AdministrationSite(
                office, people.office(office), administrators, configuration.limits(), trace, clock);
    }

    @Override
    public void close() {
        takeOvers.close();
    }
}
