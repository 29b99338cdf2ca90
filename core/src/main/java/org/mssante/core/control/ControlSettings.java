package org.mssante.core.control;

import java.time.Duration;
import org.mssante.core.settings.Settings;

/**
 * The bounds of a control socket.
 *
 * @param workers requests answered at once; as many again may wait
 * @param requestOctets of the longest request
 * @param requestTime how long a caller may take to say what he wants
 * @param answerTime after which an answer that is not through is given up
 */
public record ControlSettings(int workers, int requestOctets, Duration requestTime, Duration answerTime) {

    /** Keys: {@code control.workers}, {@code control.request.max.bytes}, {@code control.request.timeout}, {@code control.answer.timeout}. */
    public static ControlSettings from(Settings settings) {
        return new ControlSettings(
                settings.number("control.workers", 1, 100),
                settings.number("control.request.max.bytes", 1_000, 1_000_000),
                settings.duration("control.request.timeout"),
                settings.duration("control.answer.timeout"));
    }
}
