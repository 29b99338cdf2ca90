package org.mssante.dmp.xds.td02;

import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.answer.Answer;

/** Asks for the state of a patient's DMP. Thread-safe. */
public interface ExistenceClient {
    Answer<DmpState> state(Ins patient);
}
