package org.mssante.dmp.consent;

import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.td02.ExistenceClient;

/** Asks both sources and lets the table decide. Thread-safe. */
public final class ConsentCheck {
    private static final String UNAVAILABLE = "UNAVAILABLE";

    private final ExistenceClient dmp;
    private final OppositionRegister register;
    private final ConsentTable table = ConsentTable.shipped();

    public ConsentCheck(ExistenceClient dmp, OppositionRegister register) {
        this.dmp = dmp;
        this.register = register;
    }

    public ConsentDecision decide(Ins patient) {
        LocalOpposition local = register.of(patient);
        Answer<DmpState> answer = dmp.state(patient);
        String state = answer.fold(given -> given.value().name(), refused -> UNAVAILABLE, unavailable -> UNAVAILABLE);
        String inputs = "dmp=" + state + " local=" + local + " table=" + table.version();
        ConsentTable.Row row = table.row(state, local);
        return switch (row.verdict()) {
            case FILE -> new ConsentDecision.MayFile(row.rule(), inputs);
            case REFUSE -> new ConsentDecision.MustNotFile(row.rule(), inputs, row.outcome());
            case WAIT -> new ConsentDecision.Unknown(row.rule(), inputs, row.outcome(), why(answer, local));
        };
    }

    private static String why(Answer<DmpState> answer, LocalOpposition local) {
        if (local == LocalOpposition.UNAVAILABLE) {
            return "the register of oppositions cannot be read";
        }
        // a refusal of the question, e.g. of our certificate, says nothing about the patient
        return answer.fold(
                given -> Outcome.DMP_UNAVAILABLE.english(),
                refused -> "the DMP refused to give the patient's state: " + refused.errorCode(),
                unavailable -> unavailable.why());
    }
}
