package org.mssante.server.trust;

import java.net.URI;
import java.time.Clock;
import org.mssante.core.fetch.Answer;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.WebClient;

/** The list on its publisher's web server, fetched only where it changed (mssante §2.1, §2.10). */
final class PublishedList implements TrustListSource {
    private final URI address;
    private final WebClient web;
    private final FetchTimes times;
    private final Clock clock;
    private Answer.Version version = Answer.Version.none();

    PublishedList(URI address, WebClient web, FetchTimes times, Clock clock) {
        this.address = address;
        this.web = web;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public Look look() {
        if (!times.isDue(clock.instant())) {
            return new Look.NotDue();
        }
        Answer answer = web.get(address, version);
        if (Thread.currentThread().isInterrupted()) {
            // we are ending, which says nothing of the publisher
            return new Look.NotDue();
        }
        if (answer instanceof Answer.Failed failed) {
            times.failed(clock.instant());
            return new Look.Unavailable(failed.why());
        }
        times.succeeded(clock.instant());
        if (answer instanceof Answer.Document document) {
            version = document.version();
            return new Look.Found(document.bytes());
        }
        return new Look.Unchanged();
    }

    @Override
    public void forget() {
        version = Answer.Version.none();
        times.failed(clock.instant());
    }

    @Override
    public boolean isNear() {
        return false;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
