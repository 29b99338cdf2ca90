package org.mssante.server.log;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * The exception of a log event as classes and the first frames of each, without messages: James quotes in them what a client
 * sent, and a folder may bear a patient's name. A word of a pattern, {@code %trail{4}}; its option is the number of frames.
 */
public final class TrailConverter extends ThrowableHandlingConverter {
    private static final int FRAMES = 4;
    private static final int CAUSES = 10;

    private int frames = FRAMES;

    @Override
    public void start() {
        frames = getFirstOption() == null ? FRAMES : Integer.parseInt(getFirstOption());
        super.start();
    }

    @Override
    public String convert(ILoggingEvent event) {
        StringBuilder text = new StringBuilder();
        IThrowableProxy failure = event.getThrowableProxy();
        for (int depth = 0; failure != null && depth < CAUSES; depth++) {
            text.append(depth == 0 ? "" : "Caused by: ")
                    .append(failure.getClassName())
                    .append(System.lineSeparator());
            StackTraceElementProxy[] trace = failure.getStackTraceElementProxyArray();
            for (int frame = 0; frame < Math.min(frames, trace.length); frame++) {
                text.append('\t').append(trace[frame].getSTEAsString()).append(System.lineSeparator());
            }
            failure = failure.getCause();
        }
        return text.toString();
    }
}
