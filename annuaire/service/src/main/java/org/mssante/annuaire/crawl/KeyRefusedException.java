package org.mssante.annuaire.crawl;

import java.io.IOException;

/** The API does not know us, or does not let us: asking again is of no use before somebody has looked at our key. */
public final class KeyRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    KeyRefusedException(String why) {
        super(why);
    }

    KeyRefusedException(String why, IOException cause) {
        super(why, cause);
    }
}
