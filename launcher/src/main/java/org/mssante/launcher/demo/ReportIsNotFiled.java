package org.mssante.launcher.demo;

import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;

/** The report of a patient who has opposed stays out of his DMP. */
final class ReportIsNotFiled implements DemoStep {
    private final DocumentFate fate;
    private final DmpView dmp;
    private final DemoMail mail;
    private final Ins patient;

    ReportIsNotFiled(DocumentFate fate, DmpView dmp, DemoMail mail, Ins patient) {
        this.fate = fate;
        this.dmp = dmp;
        this.mail = mail;
        this.patient = patient;
    }

    @Override
    public String title() {
        return "The bridge does not file it, because the patient has opposed";
    }

    @Override
    public List<Check> play(Narrator narrator) {
        Optional<Outcome> outcome = fate.await(mail);
        String words = outcome.map(Outcome::replyText).orElse("no outcome in time");
        narrator.tell("bridge: " + words);
        boolean held = dmp.documents(patient).stream()
                .anyMatch(entry -> entry.uniqueId().equals(mail.report().documentId()));
        String code = Outcome.PATIENT_OPPOSED.code();
        return List.of(
                Check.contains("the bridge says " + code, code, words),
                Check.that("the DMP does not hold the report", !held, held ? "it does" : "it does not"));
    }
}
