package org.mssante.annuaire.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.mssante.annuaire.login.Logins;

/** One API of the port. What it answers is for those who have logged in; {@link Gate#visitor} says who asks. */
public interface Site {
    /** Where it stands, e.g. {@code /fhir/v2}: every path below is its own. */
    String path();

    /** Made with the first connection; it should load what is dear with its first request. */
    HttpServlet servlet();

    /** Who that is, by the log-ins this API takes. */
    Logins.Answer logIn(Logins logins, Credentials given);

    /** Writes, in this API's form, why somebody is not let in; status and headers of the answer are set. */
    void turnAway(HttpServletResponse answer, Refusal why) throws IOException;

    /** Why somebody is not let in. */
    enum Refusal {
        /** He has not said who he is, or not as RFC 7617 asks. */
        NO_LOGIN,
        /** Whatever was wrong with it. */
        WRONG_LOGIN,
        /** Too many have failed for that name or from there: not looked at. */
        TOO_MANY
    }
}
