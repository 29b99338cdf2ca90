package org.mssante.annuaire.fhir;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/** An answer that leaves when it is complete, or fills the server's buffer: HAPI's writer of JSON flushes after every value. */
final class WholeAnswer extends HttpServletResponseWrapper {
    WholeAnswer(HttpServletResponse answer) {
        super(answer);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        return new PrintWriter(super.getWriter()) {
            @Override
            public void flush() {
                // when it is closed
            }
        };
    }
}
