package org.mssante.annuaire.rpps;

import java.io.IOException;

/** A file is not the extract it should be. The message is a sentence that names the file and the column. */
public final class MalformedExtractException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedExtractException(String sentence) {
        super(sentence);
    }
}
