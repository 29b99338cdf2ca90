package org.mssante.dmp.xds.iti43;

import java.io.IOException;
import java.io.OutputStream;
import org.mssante.dmp.xds.answer.Answer;

/** Reads documents of a DMP. Thread-safe. */
public interface RetrieveClient {
    /**
     * Writes the document's bytes to {@code sink}, which the caller closes; without a {@code Given} answer what was
     * written is worth nothing.
     *
     * @param uniqueId the document's OID, never its entryUUID
     * @throws IOException where the sink cannot be written
     */
    Answer<RetrievedDocument> retrieve(String uniqueId, OutputStream sink) throws IOException;
}
