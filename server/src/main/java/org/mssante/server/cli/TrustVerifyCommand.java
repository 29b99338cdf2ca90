package org.mssante.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.security.auth.x500.X500Principal;
import org.mssante.server.trust.TrustList;
import org.mssante.server.trust.TrustListVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a list may come into force, who signed it, when, and what it holds. */
@Command(name = "verify", description = "Verifies a trust list.", mixinStandardHelpOptions = true)
final class TrustVerifyCommand implements Callable<Integer> {
    private static final int HEXADECIMAL = 16;

    @Mixin
    private final TrustListOptions options = new TrustListOptions();

    @Option(names = "--list", required = true, paramLabel = "FILE", description = "The signed trust list.")
    private Path list = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** picocli makes it. */
    TrustVerifyCommand() {}

    @Override
    public Integer call() throws IOException {
        TrustListVerdict verdict = options.verdict(options.certificates(), Optional.of(list));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(verdict));
        } else {
            print(verdict, out);
        }
        out.flush();
        return verdict instanceof TrustListVerdict.Valid ? TrustCommand.YES : TrustCommand.NO;
    }

    private void print(TrustListVerdict verdict, PrintWriter out) {
        if (verdict instanceof TrustListVerdict.Rejected rejected) {
            out.println("REFUSED " + list + ": " + rejected.reason().text() + " (" + rejected.detail() + ")");
            return;
        }
        TrustListVerdict.Valid valid = (TrustListVerdict.Valid) verdict;
        TrustList rows = valid.list();
        X509Certificate signer = valid.signer();
        out.println("VALID " + list + " at " + options.at());
        out.println("generated     " + rows.generated());
        out.println("signer        " + name(signer.getSubjectX500Principal()));
        out.println("issuer        " + name(signer.getIssuerX500Principal()));
        out.println("serial        " + signer.getSerialNumber().toString(HEXADECIMAL));
        out.println("valid until   " + signer.getNotAfter().toInstant());
        out.println("revocation    " + (options.looksAtRevocation() ? "looked at" : "not looked at: no --crls"));
        out.println("signer name   " + (options.looksAtSigner() ? "looked at" : "not looked at: no --signer-cn"));
        out.println("domains       " + rows.domainCount());
        out.println("rows          " + rows.rowCount());
        out.println("certificates  " + rows.nameCount());
        out.println("rows skipped  " + rows.skipped().size());
        rows.skipped().forEach(row -> out.println("  row " + row.number() + " " + row.domain() + ": " + row.why()));
    }

    private String json(TrustListVerdict verdict) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("valid", verdict instanceof TrustListVerdict.Valid);
            json.writeBooleanField("revocationLookedAt", options.looksAtRevocation());
            json.writeBooleanField("signerLookedAt", options.looksAtSigner());
            if (verdict instanceof TrustListVerdict.Rejected rejected) {
                json.writeStringField("reason", rejected.reason().name());
                json.writeStringField("detail", rejected.detail());
            } else {
                write((TrustListVerdict.Valid) verdict, json);
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(TrustListVerdict.Valid valid, JsonGenerator json) throws IOException {
        json.writeStringField("generated", valid.list().generated().toString());
        json.writeObjectFieldStart("signer");
        json.writeStringField("subject", name(valid.signer().getSubjectX500Principal()));
        json.writeStringField("issuer", name(valid.signer().getIssuerX500Principal()));
        json.writeStringField("serial", valid.signer().getSerialNumber().toString(HEXADECIMAL));
        json.writeStringField(
                "notBefore", valid.signer().getNotBefore().toInstant().toString());
        json.writeStringField(
                "notAfter", valid.signer().getNotAfter().toInstant().toString());
        json.writeEndObject();
        json.writeNumberField("domains", valid.list().domainCount());
        json.writeNumberField("rows", valid.list().rowCount());
        json.writeNumberField("certificates", valid.list().nameCount());
        json.writeArrayFieldStart("skipped");
        for (TrustList.SkippedRow row : valid.list().skipped()) {
            json.writeStartObject();
            json.writeNumberField("row", row.number());
            json.writeStringField("domain", row.domain());
            json.writeStringField("why", row.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String name(X500Principal principal) {
        return principal.getName(X500Principal.RFC2253);
    }
}
