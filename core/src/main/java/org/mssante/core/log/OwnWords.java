package org.mssante.core.log;

/** An exception whose message is ours and quotes nothing that came from outside: it may be told beside its class. */
public interface OwnWords {
    /** What happened, in English. */
    String getMessage();
}
