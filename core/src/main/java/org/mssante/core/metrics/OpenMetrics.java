package org.mssante.core.metrics;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.mssante.core.metrics.Metric.Sample;

/** Metrics as OpenMetrics text (OpenMetrics 1.0, text format), which Prometheus reads. */
public final class OpenMetrics {
    public static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final String END = "# EOF\n";

    private OpenMetrics() {}

    /** The whole text, each number labelled with the service. */
    public static String text(String service, List<Metric> metrics) {
        StringBuilder text = new StringBuilder();
        for (Metric metric : metrics) {
            append(text, service, metric);
        }
        return text.append(END).toString();
    }

    private static void append(StringBuilder text, String service, Metric metric) {
        String name = metric.name();
        text.append("# TYPE ").append(name).append(' ');
        text.append(metric.type().name().toLowerCase(Locale.ROOT)).append('\n');
        unit(name)
                .ifPresent(unit -> text.append("# UNIT ")
                        .append(name)
                        .append(' ')
                        .append(unit)
                        .append('\n'));
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(escaped(metric.help()))
                .append('\n');
        String suffix = metric.type() == Metric.Type.COUNTER ? "_total" : "";
        for (Sample sample : metric.samples()) {
            text.append(name).append(suffix).append(labels(service, sample));
            text.append(' ').append(number(sample.value())).append('\n');
        }
    }

    private static Optional<String> unit(String name) {
        return List.of("seconds", "bytes").stream()
                .filter(unit -> name.endsWith("_" + unit))
                .findFirst();
    }

    private static String labels(String service, Sample sample) {
        StringJoiner labels = new StringJoiner(",", "{", "}");
        labels.add("service=\"" + escaped(service) + '"');
        for (Map.Entry<String, String> label : sample.labels().entrySet()) {
            labels.add(label.getKey() + "=\"" + escaped(label.getValue()) + '"');
        }
        return labels.toString();
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
