package org.mssante.annuaire.fhir;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.login.Logins;
import org.mssante.annuaire.web.Credentials;
import org.mssante.annuaire.web.Site;

/** The directory over FHIR R4, JSON alone. Thread-safe. */
public final class FhirSite implements Site {
    private final DirectoryIndex index;
    private final FhirLimits limits;
    private final Clock clock;

    public FhirSite(DirectoryIndex index, FhirLimits limits, Clock clock) {
        this.index = index;
        this.limits = limits;
        this.clock = clock;
    }

    /** As the national one's path ends. */
    @Override
    public String path() {
        return "/fhir/v2";
    }

    @Override
    public HttpServlet servlet() {
        return new FhirServlet(new DirectoryPages(index, limits, clock));
    }

    /** A professional by the address of his mailbox, a service by its name, each with the password that LDAP takes. */
    @Override
    public Logins.Answer logIn(Logins logins, Credentials given) {
        Branch branch = given.name().indexOf('@') < 0 ? Branch.SERVICES : Branch.MAILBOXES;
        return logins.authenticate(
                Logins.Door.HTTPS,
                Optional.of(EntryKey.of(branch, given.name())),
                given.name(),
                given.password(),
                given.address());
    }

    @Override
    public void turnAway(HttpServletResponse answer, Refusal why) throws IOException {
        if (why == Refusal.TOO_MANY) {
            say(answer, "throttled", "too many log-ins have failed, try again later");
        } else {
            say(answer, "login", "log in first");
        }
    }

    /** An OperationOutcome without HAPI, which strangers do not wake. */
    static void say(HttpServletResponse answer, String code, String words) throws IOException {
        answer.setContentType("application/fhir+json;charset=UTF-8");
        answer.getOutputStream()
                .write(("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"" + code
                                + "\",\"diagnostics\":\"" + words + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
