package org.mssante.annuaire.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.login.Identity;
import org.mssante.annuaire.login.Logins;

/**
 * Lets in who has logged in (HTTP Basic, RFC 7617): a professional by the address of his mailbox, a service by its name, each
 * with the password that LDAP takes. Nobody else learns anything. The API speaks JSON.
 */
final class RequestGate implements Filter {
    private static final String READER = RequestGate.class.getName() + ".reader";
    private static final String BASIC = "Basic ";

    private final Logins logins;

    RequestGate(Logins logins) {
        this.logins = logins;
    }

    /** What the one who asks may read. */
    static Audience reader(RequestDetails request) {
        if (request instanceof ServletRequestDetails servlet
                && servlet.getServletRequest().getAttribute(READER) instanceof Audience reader) {
            return reader;
        }
        throw new IllegalStateException("a request came past the gate");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        Optional<Audience> reader = identity(asked).flatMap(Identity::reads);
        if (reader.isEmpty()) {
            answer.setHeader("WWW-Authenticate", "Basic realm=\"annuaire\", charset=\"UTF-8\"");
            refuse(answer, HttpServletResponse.SC_UNAUTHORIZED, "login", "log in first");
        } else if (wantsXml(asked)) {
            refuse(answer, HttpServletResponse.SC_NOT_ACCEPTABLE, "not-supported", "this server speaks JSON alone");
        } else {
            asked.setAttribute(READER, reader.get());
            chain.doFilter(asked, answer);
        }
    }

    private Optional<Identity> identity(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BASIC, 0, BASIC.length()))
                .flatMap(header -> decoded(header.substring(BASIC.length()).strip()))
                .filter(pair -> pair.indexOf(':') > 0)
                .flatMap(pair -> identity(pair, request.getRemoteAddr()));
    }

    /** @param pair name and password with a colon between */
    private Optional<Identity> identity(String pair, String address) {
        String name = pair.substring(0, pair.indexOf(':'));
        Branch branch = name.indexOf('@') < 0 ? Branch.SERVICES : Branch.MAILBOXES;
        return logins.authenticate(
                                Optional.of(EntryKey.of(branch, name)),
                                name,
                                pair.substring(name.length() + 1),
                                address)
                        instanceof Logins.Granted granted
                ? Optional.of(granted.identity())
                : Optional.empty();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // what is no base64 holds no password
            return Optional.empty();
        }
    }

    private static boolean wantsXml(HttpServletRequest request) {
        String accepted = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        String format = Optional.ofNullable(request.getParameter("_format")).orElse("");
        boolean json = accepted.isEmpty() || accepted.contains("json") || accepted.contains("*");
        return format.toLowerCase(Locale.ROOT).contains("xml") || (format.isEmpty() && !json);
    }

    private static void refuse(HttpServletResponse answer, int status, String code, String words) throws IOException {
        answer.setStatus(status);
        answer.setContentType("application/fhir+json;charset=UTF-8");
        answer.getOutputStream()
                .write(("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"" + code
                                + "\",\"diagnostics\":\"" + words + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
