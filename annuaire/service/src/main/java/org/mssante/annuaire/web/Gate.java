package org.mssante.annuaire.web;

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
import java.util.Optional;
import org.mssante.annuaire.login.Identity;
import org.mssante.annuaire.login.Logins;

/** Lets in who has logged in to the API behind it. Nobody else learns anything. */
public final class Gate implements Filter {
    /** How one logs in (RFC 7617 §2). */
    public static final String CHALLENGE = "Basic realm=\"annuaire\", charset=\"UTF-8\"";

    private static final String VISITOR = Gate.class.getName() + ".visitor";
    private static final String BASIC = "Basic ";
    private static final String SECOND_FACTOR = "Second-Factor";
    private static final int TOO_MANY_REQUESTS = 429;

    private final Logins logins;
    private final Site site;

    Gate(Logins logins, Site site) {
        this.logins = logins;
        this.site = site;
    }

    /** Who asks. */
    public static Identity visitor(HttpServletRequest request) {
        if (request.getAttribute(VISITOR) instanceof Identity visitor) {
            return visitor;
        }
        throw new IllegalStateException("a request came past the gate");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        Optional<Logins.Answer> login = credentials(asked).map(given -> site.logIn(logins, given));
        if (login.isEmpty()) {
            refuse(answer, Site.Refusal.NO_LOGIN);
        } else if (login.get() instanceof Logins.Granted granted) {
            asked.setAttribute(VISITOR, granted.identity());
            chain.doFilter(asked, answer);
        } else {
            refuse(answer, login.get() instanceof Logins.TooSoon ? Site.Refusal.TOO_MANY : Site.Refusal.WRONG_LOGIN);
        }
    }

    private void refuse(HttpServletResponse answer, Site.Refusal why) throws IOException {
        if (why == Site.Refusal.TOO_MANY) {
            answer.setStatus(TOO_MANY_REQUESTS);
        } else {
            answer.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            answer.setHeader("WWW-Authenticate", CHALLENGE);
        }
        site.turnAway(answer, why);
    }

    private static Optional<Credentials> credentials(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BASIC, 0, BASIC.length()))
                .flatMap(header -> decoded(header.substring(BASIC.length()).strip()))
                .filter(pair -> pair.indexOf(':') > 0)
                .map(pair -> new Credentials(
                        pair.substring(0, pair.indexOf(':')),
                        pair.substring(pair.indexOf(':') + 1),
                        Optional.ofNullable(request.getHeader(SECOND_FACTOR)).map(String::strip),
                        request.getRemoteAddr()));
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // what is no base64 holds no password
            return Optional.empty();
        }
    }
}
