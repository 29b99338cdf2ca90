package org.mssante.launcher.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/** The report is in the patient's DMP, byte for byte. */
final class ReportIsFiled implements DemoStep {
    private final DocumentFate fate;
    private final DmpView dmp;
    private final DemoMail mail;
    private final Ins patient;

    ReportIsFiled(DocumentFate fate, DmpView dmp, DemoMail mail, Ins patient) {
        this.fate = fate;
        this.dmp = dmp;
        this.mail = mail;
        this.patient = patient;
    }

    @Override
    public String title() {
        return "The bridge files the report in the patient's DMP, which is active and to which nothing is opposed";
    }

    @Override
    public List<Check> play(Narrator narrator) {
        Optional<Outcome> outcome = fate.await(mail);
        String words = outcome.map(Outcome::replyText).orElse("no outcome in time");
        narrator.tell("bridge: " + words);
        List<Check> checks = new ArrayList<>();
        checks.add(Check.contains(
                "the bridge says " + Outcome.DOCUMENT_FILED.code(), Outcome.DOCUMENT_FILED.code(), words));

        List<DocumentEntry> held = dmp.documents(patient);
        narrator.tell("the DMP of " + patient.masked() + " holds " + held.size() + " (ITI-18):");
        held.forEach(entry ->
                narrator.tell("  " + entry.uniqueId() + "  " + entry.title().orElse("without title")));
        String id = mail.report().documentId();
        boolean listed = held.stream().anyMatch(entry -> entry.uniqueId().equals(id));
        checks.add(Check.that("ITI-18 lists the report", listed, listed ? id : "not listed"));
        if (listed) {
            byte[] fetched = dmp.content(id);
            boolean same = Arrays.equals(fetched, mail.report().document().content());
            narrator.tell("fetched by ITI-43: " + fetched.length + " octets");
            checks.add(Check.that(
                    "ITI-43 gives the bytes that were sent",
                    same,
                    fetched.length + " octets, " + (same ? "identical" : "different")));
        }
        return checks;
    }
}
