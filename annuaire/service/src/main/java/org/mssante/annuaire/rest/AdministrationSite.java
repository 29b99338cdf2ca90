package org.mssante.annuaire.rest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.mssante.annuaire.login.Logins;
import org.mssante.annuaire.office.CredentialOffice;
import org.mssante.annuaire.office.DelegationOffice;
import org.mssante.annuaire.office.MailboxOffice;
import org.mssante.annuaire.web.Credentials;
import org.mssante.annuaire.web.Site;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Trace;

/** Our mailboxes, administered over the network in JSON. Thread-safe. */
public final class AdministrationSite implements Site {
    static final String PATH = "/admin/v1";

    private final Routes routes;
    private final ApiServlet servlet;

    public AdministrationSite(
            MailboxOffice mailboxes,
            CredentialOffice credentials,
            DelegationOffice administrators,
            ApiLimits limits,
            Trace trace,
            Clock clock) {
        this.routes = new MailboxRoutes(mailboxes, limits)
                .routes()
                .and(new CredentialRoutes(credentials).routes())
                .and(new AdministratorRoutes(administrators).routes())
                .and(Description.routes());
        this.servlet = new ApiServlet(routes, new BodyReader(limits, clock), trace);
    }

    Routes routes() {
        return routes;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public HttpServlet servlet() {
        return servlet;
    }

    /**
     * A person by the address of his own mailbox, his own password and the code of his second factor, where it is on: what a mail
     * client knows administers nothing. Services have no business here.
     */
    @Override
    public Logins.Answer logIn(Logins logins, Credentials given) {
        return logins.authenticateHolder(given.name(), given.password(), given.code(), given.address());
    }

    @Override
    public void turnAway(HttpServletResponse answer, Refusal why) throws IOException {
        Outcome outcome = switch (why) {
            case NO_LOGIN -> Outcome.AUTHENTICATION_REQUIRED;
            case WRONG_LOGIN -> Outcome.AUTHENTICATION_FAILED;
            case TOO_MANY -> Outcome.LOGINS_TOO_MANY;
        };
        ApiServlet.write(answer, Reply.problem(answer.getStatus(), outcome, outcome.english()));
    }
}
