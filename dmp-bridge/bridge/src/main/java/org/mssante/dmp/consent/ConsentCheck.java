package org.mssante.dmp.consent;

import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.td02.ExistenceClient;

/** Asks every source and lets the table decide. Thread-safe. */
public final class ConsentCheck {
    private static final String UNAVAILABLE = "UNAVAILABLE";

    private final ExistenceClient dmp;
    private final OppositionRegister register;
    private final Authority authority;
    private final ConsentTable table = ConsentTable.shipped();

    /** Whether those who made a document may be who they say. */
    public record Authority(AuthorCheck authors, StructureCheck structures) {}

    public ConsentCheck(ExistenceClient dmp, OppositionRegister register, Authority authority) {
        this.dmp = dmp;
        this.register = register;
        this.authority = authority;
    }

    public ConsentDecision decide(FilingQuestion question) {
        LocalRights local = register.of(question.patient());
        Answer<DmpState> answer = dmp.state(question.patient());
        String state = answer.fold(given -> given.value().name(), refused -> UNAVAILABLE, unavailable -> UNAVAILABLE);
        boolean blocked = AuthorCheck.nationalIds(question.authors()).stream().anyMatch(local.blocked()::contains);
        AuthorStanding author =
                blocked ? AuthorStanding.BLOCKED : authority.authors().of(question.authors());
        StructureStanding structure = authority.structures().of(question.authors());
        ConsentTable.Facts facts = new ConsentTable.Facts(
                state,
                local.opposition().name(),
                author.name(),
                structure.name(),
                question.maskPattern(),
                question.kind());
        ConsentTable.Row row = table.row(facts);
        String inputs = facts + " register=" + local.source() + " table=" + table.version();
        return switch (row.verdict()) {
            case FILE -> new ConsentDecision.MayFile(row.rule(), inputs);
            case REFUSE -> new ConsentDecision.MustNotFile(row.rule(), inputs, row.outcome());
            case WAIT -> new ConsentDecision.Unknown(row.rule(), inputs, row.outcome(), why(row, answer, local));
        };
    }

    private static String why(ConsentTable.Row row, Answer<DmpState> answer, LocalRights local) {
        if (local.opposition() == LocalOpposition.UNAVAILABLE) {
            return "the register of oppositions cannot be read";
        }
        if (row.outcome() == Outcome.DIRECTORY_UNAVAILABLE) {
            return "the annuaire does not say whether the author is an active professional, or his structure one of the register";
        }
        // a refusal of the question, e.g. of our certificate, says nothing about the patient
        return answer.fold(
                given -> Outcome.DMP_UNAVAILABLE.english(),
                refused -> "the DMP refused to give the patient's state: " + refused.errorCode(),
                unavailable -> unavailable.why());
    }
}
