package org.mssante.annuaire.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.web.Gate;

/** HAPI's server; it becomes one with the first request of somebody who has logged in. */
final class FhirServlet extends RestfulServer {
    private static final long serialVersionUID = 1L;

    /** FHIR R4 §3.1.0 and §3.1.1.4; the last three are in HAPI's links to the next page. */
    private static final Set<String> SPECIAL_PARAMETERS = Set.of(
            "_id",
            "_lastUpdated",
            "_count",
            "_include",
            "_revinclude",
            "_format",
            "_pretty",
            "_getpages",
            "_pageId",
            "_bundletype");

    private static final Set<String> TEXTS = Set.of(
            "name", "family", "given", "address", "address-line", "address-city", "address-postalcode", "mailbox-mss");

    /** By each modifier the parameters that may have it; a reference may name the type it refers to. */
    private static final Map<String, Set<String>> MODIFIED = Map.of(
            "exact",
            TEXTS,
            "contains",
            TEXTS,
            "Practitioner",
            Set.of("practitioner"),
            "Organization",
            Set.of("organization", "partof"));

    private static final Pattern NOT_OF_A_NAME = Pattern.compile("[^A-Za-z0-9_:.-]");

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
        registerInterceptor(new ToldFailures());
        List<Served> served = List.of(
                new PractitionerSearch(pages), new PractitionerRoleSearch(pages), new OrganizationSearch(pages));
        setResourceProviders(served.toArray(IResourceProvider[]::new));
        setServerConformanceProvider(new Capabilities(this, served));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse answer)
            throws ServletException, IOException {
        if (wantsXml(request)) {
            answer.setStatus(HttpServletResponse.SC_NOT_ACCEPTABLE);
            FhirSite.say(answer, "not-supported", "this server speaks JSON alone");
            return;
        }
        Optional<String> unknown = unknownParameter(request);
        if (unknown.isPresent()) {
            answer.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            FhirSite.say(answer, "not-supported", "this server does not know the parameter " + unknown.get());
        } else if (isWithoutValue(request)) {
            answer.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            FhirSite.say(answer, "invalid", "a parameter has no value");
        } else {
            super.service(request, new WholeAnswer(answer));
        }
    }

    /** One that HAPI would pass over: who asks for little must not be given everything. */
    private static Optional<String> unknownParameter(HttpServletRequest request) {
        return Collections.list(request.getParameterNames()).stream()
                .filter(name -> !isKnown(name))
                .findFirst()
                .map(name -> NOT_OF_A_NAME.matcher(name).replaceAll("?"));
    }

    /** HAPI would pass over it, and give everything. */
    private static boolean isWithoutValue(HttpServletRequest request) {
        return request.getParameterMap().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(String::isBlank);
    }

    /** The names of each resource's own parameters are HAPI's to judge. */
    private static boolean isKnown(String name) {
        int colon = name.indexOf(':');
        String bare = colon < 0 ? name : name.substring(0, colon);
        boolean special = !bare.startsWith("_") || SPECIAL_PARAMETERS.contains(bare);
        return special
                && !name.contains(".")
                && (colon < 0
                        || MODIFIED.getOrDefault(name.substring(colon + 1), Set.of())
                                .contains(bare));
    }

    private static boolean wantsXml(HttpServletRequest request) {
        String accepted = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        String format = Optional.ofNullable(request.getParameter("_format")).orElse("");
        boolean json = accepted.isEmpty() || accepted.contains("json") || accepted.contains("*");
        return format.toLowerCase(Locale.ROOT).contains("xml") || (format.isEmpty() && !json);
    }
}
