package org.mssante.launcher.instance;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mssante.launcher.CommandFailure;

/** The four services, those that others call first, and how much heap each is given. */
public enum ServiceKind {
    ANNUAIRE(
            "annuaire", "annuaire/service", "mssante-annuaire-service", "org.mssante.annuaire.AnnuaireService", "160m"),
    STORE("store", "dmp-bridge/store", "mssante-dmp-store", "org.mssante.dmp.store.DmpStore", "160m"),
    BRIDGE("bridge", "dmp-bridge/bridge", "mssante-dmp-bridge", "org.mssante.dmp.bridge.DmpBridge", "512m"),
    SERVER("server", "server", "mssante-server", "org.mssante.server.MssanteServer", "320m");

    private final String folder;
    private final String module;
    private final String artifact;
    private final String mainClass;
    private final String heap;

    ServiceKind(String folder, String module, String artifact, String mainClass, String heap) {
        this.folder = folder;
        this.module = module;
        this.artifact = artifact;
        this.mainClass = mainClass;
        this.heap = heap;
    }

    /** The name of the service: of its folder below {@code run} and {@code conf}, and on the command line. */
    public String folder() {
        return folder;
    }

    /** @throws CommandFailure where there is no such service */
    public static ServiceKind named(String folder) {
        return Arrays.stream(values())
                .filter(kind -> kind.folder.equals(folder))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "There is no service " + folder + ": take annuaire, store, bridge or server."));
    }

    String mainClass() {
        return mainClass;
    }

    /** The value of -Xmx. */
    String heap() {
        return heap;
    }

    /** What its JVM is told beside what all are told. */
    List<String> jvmOptions() {
        return switch (this) {
            // what it takes over from the register lets those who ask go first; outside of root the JVM warns, and
            // lowers all the same
            case ANNUAIRE -> List.of("-XX:ThreadPriorityPolicy=1", "-XX:JavaPriority1_To_OSPriority=5");
            case STORE, BRIDGE, SERVER -> List.of();
        };
    }

    /** Class path of the built module below the project's folder; the JVM expands the asterisk. */
    String classPath(Path home) {
        Path target = home.resolve(module).resolve("target");
        return target.resolve(artifact + ".jar") + ":" + target.resolve("lib") + "/*";
    }

    /** The jar a build leaves of the module, below the project's folder. */
    public Path jar(Path home) {
        return home.resolve(module).resolve("target").resolve(artifact + ".jar");
    }

    /**
     * The secret this service logs in to the annuaire with. The annuaire makes it at its first start; before that the
     * service cannot start.
     */
    Optional<String> secret() {
        return switch (this) {
            case ANNUAIRE, STORE -> Optional.empty();
            case BRIDGE -> Optional.of("ldap-bridge.secret");
            case SERVER -> Optional.of("ldap-server.secret");
        };
    }
}
