package org.mssante.core.service;

import java.time.Duration;
import org.mssante.core.control.ControlSettings;
import org.mssante.core.settings.Settings;

/**
 * What every service is told about its control socket and about when to warn.
 *
 * @param certificateRemaining before a certificate of ours expires
 * @param diskFreeMegabytes left on the run folder's disk
 */
public record WatchSettings(ControlSettings control, Duration certificateRemaining, int diskFreeMegabytes) {

    /** Keys: those of {@link ControlSettings}, {@code health.certificate.remaining}, {@code health.disk.free.megabytes}. */
    public static WatchSettings from(Settings settings) {
        return new WatchSettings(
                ControlSettings.from(settings),
                settings.duration("health.certificate.remaining"),
                settings.number("health.disk.free.megabytes", 0, Integer.MAX_VALUE));
    }
}
