package org.mssante.annuaire.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.web.Gate;

/** HAPI's server; it becomes one with the first request of somebody who has logged in. */
final class FhirServlet extends RestfulServer {
    private static final long serialVersionUID = 1L;

    private final transient DirectoryPages pages;

    FhirServlet(DirectoryPages pages) {
        this.pages = pages;
    }

    /** What the one who asks may read. */
    static Audience reader(RequestDetails request) {
        if (request instanceof ServletRequestDetails servlet) {
            return Gate.visitor(servlet.getServletRequest())
                    .reads()
                    .orElseThrow(() -> new IllegalStateException("nobody came past the gate"));
        }
        throw new IllegalStateException("a request came past the gate");
    }

    @Override
    protected void initialize() {
        setFhirContext(FhirContext.forR4Cached());
        setDefaultResponseEncoding(EncodingEnum.JSON);
        setServerName("MSSante annuaire");
        setImplementationDescription("MSSante annuaire");
        setServerVersion("1");
        setPagingProvider(pages);
        setResourceProviders(
                new PractitionerSearch(pages), new PractitionerRoleSearch(pages), new OrganizationSearch(pages));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse answer)
            throws ServletException, IOException {
        if (wantsXml(request)) {
            answer.setStatus(HttpServletResponse.SC_NOT_ACCEPTABLE);
            FhirSite.say(answer, "not-supported", "this server speaks JSON alone");
        } else {
            super.service(request, new WholeAnswer(answer));
        }
    }

    private static boolean wantsXml(HttpServletRequest request) {
        String accepted = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        String format = Optional.ofNullable(request.getParameter("_format")).orElse("");
        boolean json = accepted.isEmpty() || accepted.contains("json") || accepted.contains("*");
        return format.toLowerCase(Locale.ROOT).contains("xml") || (format.isEmpty() && !json);
    }
}
