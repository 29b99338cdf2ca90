package org.mssante.core.service;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.control.ControlServer;
import org.mssante.core.control.ControlSettings;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Health;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.EventCounts;
import org.mssante.core.metrics.Metric;
import org.mssante.core.metrics.MetricSource;
import org.mssante.core.metrics.OpenMetrics;
import org.mssante.core.metrics.ProcessMetrics;

/**
 * The control socket of a service with what all services answer there: {@code GET /health} as JSON and
 * {@code GET /metrics} as OpenMetrics text, and what the service adds.
 */
public final class ServiceControl implements AutoCloseable {
    private final String service;
    private final Health health;
    private final List<MetricSource> sources;
    private final ControlServer server;

    private ServiceControl(
            String service,
            Path runDir,
            ControlSettings settings,
            EventCounts events,
            List<Watch> watches,
            ControlRoutes own) {
        this.service = service;
        this.health = new Health(watches);
        this.sources = Stream.concat(Stream.of(events, new ProcessMetrics(Clock.systemUTC())), watches.stream())
                .toList();
        ControlRoutes routes = own.get("/health", request -> ControlAnswer.json(this::health))
                .get("/metrics", request -> ControlAnswer.text(OpenMetrics.CONTENT_TYPE, metrics()));
        this.server = ControlServer.start(ControlAddress.of(runDir, service), settings, routes);
    }

    /** @param own what only this service answers */
    public static ServiceControl start(
            String service,
            Path runDir,
            ControlSettings settings,
            EventCounts events,
            List<Watch> watches,
            ControlRoutes own) {
        return new ServiceControl(service, runDir, settings, events, watches, own);
    }

    @Override
    public void close() {
        server.close();
    }

    private void health(JsonGenerator json) throws IOException {
        List<Finding> findings = health.look();
        json.writeStartObject();
        json.writeStringField("service", service);
        json.writeArrayFieldStart("findings");
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("code", finding.alarm().code());
            json.writeStringField("alarm", finding.alarm().name());
            json.writeStringField("level", finding.alarm().level().name().toLowerCase(Locale.ROOT));
            json.writeStringField("english", finding.alarm().english());
            json.writeStringField("french", finding.alarm().french());
            json.writeStringField("detail", finding.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private String metrics() {
        List<Metric> metrics = sources.stream()
                .map(MetricSource::metrics)
                .flatMap(List::stream)
                .toList();
        return OpenMetrics.text(service, metrics);
    }
}
