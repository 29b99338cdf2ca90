package org.mssante.dmp.store.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.store.endpoint.Caller;

/**
 * Lets only configured clients in, by the full subject of the certificate they proved in the TLS handshake; others are
 * answered 403 before a byte of their message is read. As {@link Caller} it names the one being served.
 */
public final class ClientList implements Filter, Caller {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Set<X500Principal> clients;
    private final Trace trace;
    private final ThreadLocal<String> current = new ThreadLocal<>();

    public ClientList(Set<X500Principal> clients, Trace trace) {
        this.clients = Set.copyOf(clients);
        this.trace = trace;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<X500Principal> subject = subject(request);
        if (subject.filter(clients::contains).isEmpty()) {
            trace.record(TraceEntry.of(Event.STORE_REFUSED)
                    .outcome(Outcome.CERTIFICATE_NOT_LISTED)
                    .with(Field.CERTIFICATE_SUBJECT, subject.map(X500Principal::getName))
                    .with(Field.PEER, request.getRemoteAddr()));
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        current.set(subject.get().getName());
        try {
            chain.doFilter(request, response);
        } finally {
            current.remove();
        }
    }

    @Override
    public String subject() {
        String subject = current.get();
        if (subject == null) {
            throw new IllegalStateException("no request is being served on this thread");
        }
        return subject;
    }

    private static Optional<X500Principal> subject(ServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0].getSubjectX500Principal())
                : Optional.empty();
    }
}
