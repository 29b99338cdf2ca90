package org.mssante.annuaire.crawl;

import java.io.IOException;

/** The server does not know a link any more that it gave itself. */
final class LostPlaceException extends IOException {
    private static final long serialVersionUID = 1;

    LostPlaceException(String why) {
        super(why);
    }
}
