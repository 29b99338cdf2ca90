package org.mssante.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import javax.net.ssl.SSLException;

/** Keeps failed TLS handshakes out of the log: any scanner makes them by the thousand, and the trace has a bounded line of them. */
public final class FailedHandshakes extends Filter<ILoggingEvent> {
    private static final int CAUSES = 10;

    @Override
    public FilterReply decide(ILoggingEvent event) {
        IThrowableProxy failure = event.getThrowableProxy();
        for (int depth = 0; failure != null && depth < CAUSES; depth++) {
            if (failure instanceof ThrowableProxy local && local.getThrowable() instanceof SSLException) {
                return FilterReply.DENY;
            }
            failure = failure.getCause();
        }
        return FilterReply.NEUTRAL;
    }
}
