package org.mssante.dmp.xds.iti41;

import org.mssante.dmp.xds.answer.Answer;

/** Files documents. Thread-safe. Sending the same submission twice files it once. */
public interface ProvideAndRegisterClient {
    Answer<Registered> submit(Submission submission);
}
