package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.program.InstalledProgram;

/** OpenLDAP's server as Debian installs it (back-mdb), with our published schema, on loopback. */
public final class Slapd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
    private static final Path LOADER = Path.of("/usr/sbin/slapadd");

    /** Who reads and changes everything, and the password. */
    public static final String SERVICE = "cn=service," + LdapNames.BASE;

    public static final String PASSWORD = "of this test alone";
    /** What slapd brings with it and lets nobody define again. */
    private static final Set<String> BUILT_IN_TYPES =
            Set.of("2.5.4.0", "2.5.4.3", "2.5.4.13", "0.9.2342.19200300.100.1.1");

    /** Named in distinguished names, which slapd takes apart; no entry has them. */
    private static final List<String> TYPES_OF_NAMES = List.of(
            "( 2.5.4.6 NAME 'c' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
            "( 2.5.4.8 NAME 'st' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )");

    private static final String BUILT_IN_CLASS = "2.5.6.0";
    private static final String CONFIGURATION = "slapd.conf";
    private static final String LOG = "slapd.log";
    private static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final int port;

    private Slapd(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM) && Files.isExecutable(LOADER);
    }

    /** See {@link InstalledProgram}. */
    static void assumeInstalled() {
        InstalledProgram.assume(PROGRAM);
    }

    /**
     * Returns once it answers.
     *
     * @param schema our entry {@code cn=schema}
     * @param access lines of slapd.conf: what whoever has not logged in may read
     */
    static Slapd start(Path folder, Entry schema, List<Entry> entries, List<String> access) throws IOException {
        configure(folder, schema, List.of(), access);
        Path ldif = folder.resolve("entries.ldif");
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry.toLDIFString()).append('\n');
        }
        Files.writeString(ldif, text, StandardCharsets.UTF_8);
        load(folder, ldif);
        return serve(folder);
    }

    /**
     * Makes the folder of a server that has no entries.
     *
     * @param schema our entry {@code cn=schema}
     * @param server lines of slapd.conf for the server
     * @param database and for the database
     */
    public static void configure(Path folder, Entry schema, List<String> server, List<String> database)
            throws IOException {
        Files.createDirectories(folder.resolve("db"));
        Files.writeString(
                folder.resolve(CONFIGURATION), configuration(folder, schema, server, database), StandardCharsets.UTF_8);
    }

    /** @param options of slapadd */
    public static void load(Path folder, Path ldif, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(LOADER.toString(), "-f"));
        command.add(folder.resolve(CONFIGURATION).toString());
        command.addAll(List.of("-l", ldif.toString()));
        command.addAll(List.of(options));
        Path log = folder.resolve(LOG);
        if (exitCode(new ProcessBuilder(command), log) != 0) {
            throw new AssertionError("slapadd refuses our entries: " + Files.readString(log, StandardCharsets.UTF_8));
        }
    }

    /** Returns once it answers. */
    public static Slapd serve(Path folder) throws IOException {
        Path log = folder.resolve(LOG);
        int port = freePort();
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-f",
                        folder.resolve(CONFIGURATION).toString(),
                        "-h",
                        "ldap://127.0.0.1:" + port,
                        // with a level of debugging, be it none, it stays our child
                        "-d",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Slapd slapd = new Slapd(process, port);
        Awaitility.await("slapd answers")
                .atMost(START)
                .failFast("slapd has ended, see " + log, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> {
                    slapd.anonymous().close();
                    return true;
                });
        return slapd;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** Whoever has not logged in. */
    LDAPConnection anonymous() throws LDAPException {
        return new LDAPConnection("127.0.0.1", port);
    }

    /** Who reads everything. */
    LDAPConnection service() throws LDAPException {
        return new LDAPConnection("127.0.0.1", port, SERVICE, PASSWORD);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static String configuration(Path folder, Entry schema, List<String> server, List<String> database) {
        List<String> lines = new ArrayList<>();
        TYPES_OF_NAMES.forEach(type -> lines.add("attributetype " + type));
        for (String type : schema.getAttributeValues("attributeTypes")) {
            if (BUILT_IN_TYPES.stream().noneMatch(oid -> type.startsWith("( " + oid + " "))) {
                lines.add("attributetype " + type);
            }
        }
        for (String objectClass : schema.getAttributeValues("objectClasses")) {
            if (!objectClass.startsWith("( " + BUILT_IN_CLASS + " ")) {
                lines.add("objectclass " + objectClass);
            }
        }
        lines.add("modulepath /usr/lib/ldap");
        lines.add("moduleload back_mdb");
        lines.add("sizelimit unlimited");
        lines.addAll(server);
        lines.add("database mdb");
        lines.add("suffix \"" + LdapNames.BASE + "\"");
        lines.add("rootdn \"" + SERVICE + "\"");
        lines.add("rootpw \"" + PASSWORD + "\"");
        lines.add("directory " + folder.resolve("db"));
        lines.addAll(database);
        return String.join("\n", lines) + "\n";
    }

    private static int exitCode(ProcessBuilder builder, Path log) throws IOException {
        try {
            return builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while slapadd ran", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
