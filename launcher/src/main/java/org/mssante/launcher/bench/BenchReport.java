package org.mssante.launcher.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mssante.launcher.console.JsonText;
import org.mssante.launcher.console.Table;

/** Shows what was measured: as tables, or as JSON with the fields docs/performance.md lists. */
public final class BenchReport {

    private final Instant time;
    private final Machine machine;
    private final List<Comparison> comparisons;

    public BenchReport(Instant time, Machine machine, List<Comparison> comparisons) {
        this.time = time;
        this.machine = machine;
        this.comparisons = List.copyOf(comparisons);
    }

    public void printText(PrintWriter out) {
        out.println(machine.words());
        for (Comparison comparison : comparisons) {
            out.println();
            out.println(title(comparison));
            printRounds(comparison, out);
            comparison
                    .targets()
                    .forEach(target -> comparison
                            .medianDelivered(target)
                            .ifPresent(median ->
                                    out.println(target + ": " + Figures.tenths(median) + " delivered/s (median)")));
            comparison.medianRatio().ifPresent(median -> out.println(ratios(comparison, median)));
        }
        out.flush();
    }

    private static void printRounds(Comparison comparison, PrintWriter out) {
        Table table = new Table(
                "SERVER",
                "LOAD AVG",
                "IN INBOX",
                "ACCEPTED",
                "ACC/S",
                "DELIV/S",
                "P50 MS",
                "P99 MS",
                "MISSING",
                "TWICE",
                "GENERATOR");
        for (Round round : comparison.rounds()) {
            table.row(
                    round.target(),
                    Figures.tenths(round.loadBefore()),
                    Long.toString(round.inboxMessages()),
                    Integer.toString(round.accepted()),
                    Figures.tenths(round.acceptedPerSecond()),
                    Figures.tenths(round.deliveredPerSecond()),
                    Long.toString(round.visible().p50().toMillis()),
                    Long.toString(round.visible().p99().toMillis()),
                    Integer.toString(round.missing()),
                    Integer.toString(round.repeated()),
                    Figures.tenths(100 * round.generatorCpu()) + " % CPU");
        }
        table.print(out);
    }

    public void printJson(PrintWriter out) {
        JsonText.print(out, json -> {
            json.writeStringField("time", time.toString());
            machine.write(json);
            json.writeArrayFieldStart("loads");
            for (Comparison comparison : comparisons) {
                write(comparison, json);
            }
            json.writeEndArray();
        });
    }

    private static void write(Comparison comparison, JsonGenerator json) throws IOException {
        Load load = comparison.load();
        json.writeStartObject();
        json.writeStringField("entry", comparison.entry().name());
        json.writeNumberField("messageBytes", load.octets());
        json.writeNumberField("sessions", load.sessions());
        json.writeNumberField("recipients", load.recipients());
        json.writeNumberField("sendingSeconds", Figures.seconds(load.sending()));
        json.writeArrayFieldStart("rounds");
        for (Round round : comparison.rounds()) {
            write(round, json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("medianDeliveredPerSecond");
        for (String target : comparison.targets()) {
            json.writeNumberField(target, comparison.medianDelivered(target).orElse(0));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("ratios");
        for (double ratio : comparison.ratios()) {
            json.writeNumber(ratio);
        }
        json.writeEndArray();
        if (comparison.medianRatio().isPresent()) {
            json.writeNumberField("medianRatio", comparison.medianRatio().getAsDouble());
        }
        json.writeEndObject();
    }

    private static void write(Round round, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("server", round.target());
        json.writeNumberField("loadAverage", round.loadBefore());
        json.writeNumberField("inboxMessages", round.inboxMessages());
        json.writeNumberField("accepted", round.accepted());
        json.writeNumberField("acceptedPerSecond", round.acceptedPerSecond());
        json.writeNumberField("copies", round.copies());
        json.writeNumberField("deliveredPerSecond", round.deliveredPerSecond());
        json.writeNumberField(
                "answeredP50Seconds", Figures.seconds(round.answered().p50()));
        json.writeNumberField(
                "answeredP99Seconds", Figures.seconds(round.answered().p99()));
        json.writeNumberField(
                "visibleP50Seconds", Figures.seconds(round.visible().p50()));
        json.writeNumberField(
                "visibleP99Seconds", Figures.seconds(round.visible().p99()));
        json.writeNumberField("missing", round.missing());
        json.writeNumberField("repeated", round.repeated());
        json.writeNumberField("generatorCpuShare", round.generatorCpu());
        json.writeEndObject();
    }

    private static String title(Comparison comparison) {
        Load load = comparison.load();
        return comparison.entry() + ", " + load.octets() / 1000 + " kB, " + load.sessions() + " sessions, "
                + load.recipients() + (load.recipients() == 1 ? " recipient" : " recipients");
    }

    private static String ratios(Comparison comparison, double median) {
        return comparison.targets().get(0) + " / "
                + comparison.targets().get(comparison.targets().size() - 1) + ", round by round: "
                + comparison.ratios().stream().map(BenchReport::hundredths).collect(Collectors.joining(" "))
                + "; median " + hundredths(median);
    }

    private static String hundredths(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
