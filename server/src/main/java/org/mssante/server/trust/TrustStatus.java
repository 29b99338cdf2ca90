package org.mssante.server.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * What the running server says of its trust space, for {@code ./mssante trust status}.
 *
 * @param source the file or the address of the list
 * @param failures of fetches, each with its address
 */
record TrustStatus(
        TrustListInForce inForce,
        String source,
        Collection<X509CRL> revocationLists,
        List<String> failures,
        List<String> alarms) {

    String json(Instant now) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("at", now.toString());
            list(json);
            revocation(json);
            strings(json, "failures", failures);
            strings(json, "alarms", alarms);
            json.writeEndObject();
        }
        return text.toString();
    }

    private void list(JsonGenerator json) throws IOException {
        TrustListInForce.Current current = inForce.current();
        json.writeObjectFieldStart("list");
        json.writeStringField("source", source);
        json.writeStringField("generated", current.list().generated().toString());
        json.writeStringField("inForceSince", current.since().toString());
        json.writeStringField("checked", inForce.checked().toString());
        json.writeBooleanField("usable", inForce.list().isPresent());
        json.writeStringField("sha256", current.sha256());
        json.writeStringField(
                "signer", current.signer().getSubjectX500Principal().getName(X500Principal.RFC2253));
        json.writeStringField(
                "signerUntil", current.signer().getNotAfter().toInstant().toString());
        json.writeNumberField("domains", current.list().domainCount());
        json.writeNumberField("rows", current.list().rowCount());
        json.writeNumberField("rowsSkipped", current.list().skipped().size());
        json.writeEndObject();
        if (inForce.problem().isPresent()) {
            ListProblem problem = inForce.problem().get();
            json.writeObjectFieldStart("problem");
            json.writeStringField("since", problem.since().toString());
            json.writeStringField("code", problem.code());
            json.writeStringField("detail", problem.detail());
            json.writeEndObject();
        }
        if (inForce.waiting().isPresent()) {
            TrustListInForce.Waiting waiting = inForce.waiting().get();
            json.writeObjectFieldStart("waiting");
            json.writeStringField("generated", waiting.generated().toString());
            json.writeStringField("sha256", waiting.sha256());
            json.writeNumberField("rowsGone", waiting.gone());
            json.writeNumberField("percentGone", waiting.percentGone());
            strings(json, "domainsGone", waiting.domainsGone());
            json.writeEndObject();
        }
    }

    private void revocation(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("revocationLists");
        for (X509CRL list : revocationLists.stream()
                .sorted(Comparator.comparing(crl -> crl.getIssuerX500Principal().getName(X500Principal.RFC2253)))
                .toList()) {
            json.writeStartObject();
            json.writeStringField("issuer", list.getIssuerX500Principal().getName(X500Principal.RFC2253));
            json.writeStringField("thisUpdate", list.getThisUpdate().toInstant().toString());
            if (list.getNextUpdate() != null) {
                json.writeStringField(
                        "nextUpdate", list.getNextUpdate().toInstant().toString());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
