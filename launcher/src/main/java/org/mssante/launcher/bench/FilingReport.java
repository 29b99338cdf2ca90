package org.mssante.launcher.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mssante.launcher.console.Table;
import org.mssante.launcher.instance.ServiceKind;

/** Shows what was measured of filing: as tables, or as JSON with the fields docs/performance.md lists. */
public final class FilingReport {
    private static final JsonFactory JSON = new JsonFactory();
    private static final double MEGA = 1_000_000;

    private final Instant time;
    private final Machine machine;
    private final FilingLoad load;
    private final List<FilingRound> rounds;

    public FilingReport(Instant time, Machine machine, FilingLoad load, List<FilingRound> rounds) {
        this.time = time;
        this.machine = machine;
        this.load = load;
        this.rounds = List.copyOf(rounds);
    }

    public void printText(PrintWriter out) {
        out.println(machine.system() + ", " + machine.processors() + " processors, " + machine.java());
        out.println(load.mix() + "; " + load.sessions() + " sessions, at most " + load.open() + " open");
        out.println();
        Table table = new Table(
                "LOAD AVG",
                "HANDED IN",
                "MB",
                "FILED",
                "FILED/S",
                "P50 MS",
                "P99 MS",
                "TWICE",
                "REFUSED",
                "POSTPONED",
                "GENERATOR");
        for (FilingRound round : rounds) {
            table.row(
                    number(round.loadBefore()),
                    Integer.toString(round.handedIn()),
                    number(round.octets() / MEGA),
                    Integer.toString(round.filed()),
                    number(round.filedPerSecond()),
                    Long.toString(round.inTheDmp().p50().toMillis()),
                    Long.toString(round.inTheDmp().p99().toMillis()),
                    Integer.toString(round.repeated()),
                    Integer.toString(round.refused()),
                    Integer.toString(round.postponed()),
                    number(100 * round.generatorCpu()) + " % CPU");
        }
        table.print(out);
        for (FilingRound round : rounds) {
            out.println();
            printServices(round, out);
        }
        out.flush();
    }

    private static void printServices(FilingRound round, PrintWriter out) {
        Table table = new Table("SERVICE", "CPU MS A DOCUMENT", "RESIDENT MB");
        for (ServiceKind kind : ServiceKind.values()) {
            double millis = round.processor().get(kind).toNanos() / MEGA / Math.max(1, round.filed());
            table.row(
                    kind.folder(),
                    number(millis),
                    String.join(
                            " ",
                            round.memory().stream()
                                    .map(memory -> Long.toString(
                                            (long) (memory.octets().get(kind) / MEGA)))
                                    .toList()));
        }
        table.print(out);
    }

    public void printJson(PrintWriter out) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("time", time.toString());
            machine.write(json);
            json.writeArrayFieldStart("mix");
            for (FilingMix.Share share : load.mix().shares()) {
                json.writeStartObject();
                json.writeNumberField("documentOctets", share.octets());
                json.writeNumberField("weight", share.weight());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("sessions", load.sessions());
            json.writeNumberField("open", load.open());
            json.writeArrayFieldStart("rounds");
            for (FilingRound round : rounds) {
                write(round, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        out.println(text);
        out.flush();
    }

    private static void write(FilingRound round, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("loadAverage", round.loadBefore());
        json.writeNumberField("handedIn", round.handedIn());
        json.writeNumberField("octets", round.octets());
        json.writeNumberField("filed", round.filed());
        json.writeNumberField("filedPerSecond", round.filedPerSecond());
        json.writeNumberField("filedP50Seconds", seconds(round.inTheDmp().p50()));
        json.writeNumberField("filedP99Seconds", seconds(round.inTheDmp().p99()));
        json.writeNumberField("answeredP50Seconds", seconds(round.answered().p50()));
        json.writeNumberField("answeredP99Seconds", seconds(round.answered().p99()));
        json.writeNumberField("repeated", round.repeated());
        json.writeNumberField("refused", round.refused());
        json.writeNumberField("postponed", round.postponed());
        json.writeNumberField("generatorCpuShare", round.generatorCpu());
        json.writeObjectFieldStart("processorSeconds");
        for (ServiceKind kind : ServiceKind.values()) {
            json.writeNumberField(kind.folder(), seconds(round.processor().get(kind)));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("memory");
        for (FilingRound.Memory memory : round.memory()) {
            json.writeStartObject();
            json.writeNumberField("filed", memory.filed());
            for (Map.Entry<ServiceKind, Long> service : memory.octets().entrySet()) {
                json.writeNumberField(service.getKey().folder(), service.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
