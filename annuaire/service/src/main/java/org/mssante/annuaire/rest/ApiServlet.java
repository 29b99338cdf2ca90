package org.mssante.annuaire.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mssante.annuaire.login.Identity;
import org.mssante.annuaire.office.Author;
import org.mssante.annuaire.web.Gate;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request, and writes what he says. Each refusal is a line of the trace. */
final class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = LoggerFactory.getLogger(ApiServlet.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient Routes routes;
    private final transient BodyReader bodies;
    private final transient Trace trace;

    ApiServlet(Routes routes, BodyReader bodies, Trace trace) {
        this.routes = routes;
        this.bodies = bodies;
        this.trace = trace;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Reply reply = reply(request);
        reply.problem()
                .ifPresent(problem -> trace.record(TraceEntry.of(Event.ADMINISTRATION_REFUSED)
                        .outcome(problem.outcome())
                        .with(Field.ACTOR, author(request).address())
                        .with(Field.PEER, request.getRemoteAddr())
                        .with(Field.REPLY, reply.status())
                        .with(
                                Field.DETAIL,
                                request.getMethod() + " " + request.getRequestURI() + ": " + problem.sentence())));
        response.setStatus(reply.status());
        write(response, reply);
    }

    /** Writes headers and body of a reply; nothing of it may be kept on the way. */
    static void write(HttpServletResponse response, Reply reply) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        reply.headers().forEach(response::setHeader);
        response.getOutputStream().write(JSON.writeValueAsBytes(reply.body()));
    }

    private Reply reply(HttpServletRequest request) {
        try {
            return answer(request);
        } catch (RequestException e) {
            return e.reply();
        } catch (IOException | RuntimeException e) { // the outermost loop of one request: the others go on
            LOGGER.error("a request to the administration API failed: {}", FailureTrail.of(e));
            return Reply.problem(
                    HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Outcome.SERVER_ERROR, Outcome.SERVER_ERROR.english());
        }
    }

    private Reply answer(HttpServletRequest request) throws RequestException, IOException {
        List<Routes.Found> found = found(request);
        Optional<Routes.Found> wanted = found.stream()
                .filter(one -> one.route().method().equals(request.getMethod()))
                .findFirst();
        if (wanted.isEmpty()) {
            String methods = methods(found);
            return Reply.problem(
                            HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                            Outcome.REQUEST_WRONG,
                            "This knows the methods " + methods + ".")
                    .with("Allow", methods);
        }
        Routes.Route route = wanted.get().route();
        Call call = new Call(
                author(request),
                wanted.get().places(),
                query(request, route.query()),
                bodies.read(request),
                version(request));
        Reply reply = route.handler().answer(call);
        if (MailboxRoutes.reads(route) && reply.problem().isEmpty()) {
            traceRead(request, call);
        }
        return reply;
    }

    /** Before it is shown: what cannot be traced is seen by nobody. */
    private void traceRead(HttpServletRequest request, Call call) {
        String query = Optional.ofNullable(request.getQueryString())
                .map(text -> "?" + text)
                .orElse("");
        TraceEntry line = TraceEntry.of(Event.ADMINISTRATION_READ)
                .with(Field.ACTOR, call.author().address())
                .with(Field.PEER, request.getRemoteAddr())
                .with(Field.DETAIL, request.getMethod() + " " + request.getRequestURI() + query);
        trace.record(
                call.places().containsKey(MailboxRoutes.ADDRESS)
                        ? line.with(Field.ON_BEHALF_OF, call.places().get(MailboxRoutes.ADDRESS))
                        : line);
    }

    private List<Routes.Found> found(HttpServletRequest request) throws RequestException {
        try {
            List<Routes.Found> found = routes.find(request.getRequestURI().substring(AdministrationSite.PATH.length()));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (IllegalArgumentException e) {
            throw RequestException.wrong("The path is not well encoded.");
        }
        throw new RequestException(
                HttpServletResponse.SC_NOT_FOUND, Outcome.RESOURCE_UNKNOWN, "There is nothing at this path.");
    }

    private static String methods(List<Routes.Found> found) {
        return found.stream().map(one -> one.route().method()).sorted().collect(Collectors.joining(", "));
    }

    private static Map<String, String> query(HttpServletRequest request, Set<String> known) throws RequestException {
        Map<String, String> query = new HashMap<>();
        String text = Optional.ofNullable(request.getQueryString()).orElse("");
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!known.contains(name)) {
                throw RequestException.wrong("The query must not hold " + name + " here.");
            }
            if (query.put(name, decoded(pair.substring(equals + 1))) != null) {
                throw RequestException.wrong("The query holds " + name + " twice.");
            }
        }
        return query;
    }

    private static String decoded(String text) throws RequestException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RequestException.wrong("The query is not well encoded.");
        }
    }

    /** One strong validator (RFC 9110 §13.1.1); {@code *} asks for nothing that is not asked anyway. */
    private static Optional<String> version(HttpServletRequest request) throws RequestException {
        String header =
                Optional.ofNullable(request.getHeader("If-Match")).orElse("*").strip();
        if (header.equals("*")) {
            return Optional.empty();
        }
        if (header.length() < 2 || !header.startsWith("\"") || header.indexOf('"', 1) != header.length() - 1) {
            throw RequestException.wrong("If-Match must be one ETag that this server has given.");
        }
        return Optional.of(header.substring(1, header.length() - 1));
    }

    private static Author.Person author(HttpServletRequest request) {
        if (Gate.visitor(request) instanceof Identity.Professional person) {
            return new Author.Person(person.address(), person.credentialsVersion(), person.proven());
        }
        throw new IllegalStateException("somebody came past the gate who is no person");
    }
}
