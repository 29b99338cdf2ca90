package org.mssante.launcher.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.mssante.launcher.console.JsonText;
import org.mssante.launcher.console.Table;
import org.mssante.launcher.instance.ServiceKind;

/** Shows what was measured of filing: as tables, or as JSON with the fields docs/performance.md lists. */
public final class FilingReport {
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
        out.println(machine.words());
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
                    Figures.tenths(round.loadBefore()),
                    Integer.toString(round.handedIn()),
                    Figures.tenths(round.octets() / MEGA),
                    Integer.toString(round.filed()),
                    Figures.tenths(round.filedPerSecond()),
                    Long.toString(round.inTheDmp().p50().toMillis()),
                    Long.toString(round.inTheDmp().p99().toMillis()),
                    Integer.toString(round.repeated()),
                    Integer.toString(round.refused()),
                    Integer.toString(round.postponed()),
                    Figures.tenths(100 * round.generatorCpu()) + " % CPU");
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
                    Figures.tenths(millis),
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
        JsonText.print(out, json -> {
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
        });
    }

    private static void write(FilingRound round, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("loadAverage", round.loadBefore());
        json.writeNumberField("handedIn", round.handedIn());
        json.writeNumberField("octets", round.octets());
        json.writeNumberField("filed", round.filed());
        json.writeNumberField("filedPerSecond", round.filedPerSecond());
        json.writeNumberField(
                "filedP50Seconds", Figures.seconds(round.inTheDmp().p50()));
        json.writeNumberField(
                "filedP99Seconds", Figures.seconds(round.inTheDmp().p99()));
        json.writeNumberField(
                "answeredP50Seconds", Figures.seconds(round.answered().p50()));
        json.writeNumberField(
                "answeredP99Seconds", Figures.seconds(round.answered().p99()));
        json.writeNumberField("repeated", round.repeated());
        json.writeNumberField("refused", round.refused());
        json.writeNumberField("postponed", round.postponed());
        json.writeNumberField("generatorCpuShare", round.generatorCpu());
        json.writeObjectFieldStart("processorSeconds");
        for (ServiceKind kind : ServiceKind.values()) {
            json.writeNumberField(
                    kind.folder(), Figures.seconds(round.processor().get(kind)));
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
}
