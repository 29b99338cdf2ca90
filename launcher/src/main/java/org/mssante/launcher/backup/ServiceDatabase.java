package org.mssante.launcher.backup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mssante.core.settings.Settings;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;

/** The database of a service, as its configuration names it. */
public sealed interface ServiceDatabase {
    /** How a JDBC URL of PostgreSQL begins. */
    String POSTGRESQL = "jdbc:postgresql:";

    /** Parameters that mean the same to the JDBC driver and to libpq. */
    Set<String> SHARED_PARAMETERS = Set.of("sslmode", "sslrootcert");

    ServiceKind service();

    /**
     * H2, in one file.
     *
     * @param file ends in {@code .mv.db}
     */
    record Embedded(ServiceKind service, Path file) implements ServiceDatabase {}

    /**
     * PostgreSQL.
     *
     * @param address host, port and database as libpq wants them: {@code postgresql://host:port/database}
     * @param password empty where the connection needs none
     */
    record PostgreSql(ServiceKind service, String address, String user, String password) implements ServiceDatabase {
        /** Never prints the password. */
        @Override
        public String toString() {
            return "PostgreSql[" + service + ", " + address + ", " + user + "]";
        }
    }

    /**
     * All databases of an instance, in the order they have to be copied in: who hands work on before who takes it. What is
     * handed on while the copies are made then stands in both, and whoever takes it knows it again; the other way round it
     * would stand in neither.
     */
    static List<ServiceDatabase> of(Instance instance) {
        List<ServiceDatabase> databases = new ArrayList<>();
        databases.add(server(instance));
        databases.add(bridge(instance));
        databases.add(store(instance));
        databases.add(new Embedded(
                ServiceKind.ANNUAIRE, instance.folder(ServiceKind.ANNUAIRE).resolve("data/registry.mv.db")));
        return databases;
    }

    private static ServiceDatabase server(Instance instance) {
        Settings settings = instance.settings(ServiceKind.SERVER);
        String password = settings.optionalText("storage.password.file")
                .map(file -> SecretFile.read(settings.existingFile("storage.password.file")))
                .orElse("");
        return of(ServiceKind.SERVER, settings.text("storage.url"), settings.text("storage.user"), password);
    }

    private static ServiceDatabase bridge(Instance instance) {
        Settings settings = instance.settings(ServiceKind.BRIDGE);
        Optional<String> url = settings.optionalText("database.url");
        return url.isPresent()
                ? of(
                        ServiceKind.BRIDGE,
                        url.get(),
                        settings.optionalText("database.user").orElse(""),
                        settings.optionalText("database.password").orElse(""))
                : new Embedded(
                        ServiceKind.BRIDGE, instance.folder(ServiceKind.BRIDGE).resolve("data/bridge.mv.db"));
    }

    private static ServiceDatabase store(Instance instance) {
        Settings settings = instance.settings(ServiceKind.STORE);
        return of(
                ServiceKind.STORE,
                settings.text("database.url"),
                settings.text("database.user"),
                settings.optionalText("database.password").orElse(""));
    }

    private static ServiceDatabase of(ServiceKind service, String url, String user, String password) {
        String bare = url.split("[;?]", 2)[0];
        if (bare.startsWith("jdbc:h2:file:")) {
            return new Embedded(service, Path.of(bare.substring("jdbc:h2:file:".length()) + ".mv.db"));
        }
        if (bare.startsWith(POSTGRESQL)) {
            return new PostgreSql(service, libpq(url), user, password);
        }
        throw new CommandFailure("The database " + bare + " of the service " + service.folder()
                + " is neither an H2 file nor PostgreSQL: back it up with its own tools.");
    }

    /** The JDBC URL as libpq reads it (PostgreSQL manual, connection URIs): the driver's own parameters left out. */
    private static String libpq(String url) {
        String[] parts = url.split("\\?", 2);
        String place = parts[0].substring(POSTGRESQL.length());
        String address = "postgresql:" + (place.startsWith("//") ? place : "//localhost/" + place);
        String parameters = parts.length < 2
                ? ""
                : Arrays.stream(parts[1].split("&", -1))
                        .filter(parameter ->
                                SHARED_PARAMETERS.contains(parameter.split("=", 2)[0]))
                        .collect(Collectors.joining("&"));
        return parameters.isEmpty() ? address : address + "?" + parameters;
    }
}
