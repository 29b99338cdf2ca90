package org.mssante.launcher.instance;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.mssante.core.settings.Settings;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;

/**
 * One installation of the services on this machine.
 *
 * @param home the project's folder, where the built modules lie
 * @param runDir what the instance writes
 * @param confDir one folder a service with its properties file
 * @param portOffset added to every port
 */
public record Instance(Path home, Path runDir, Path confDir, int portOffset) {

    public Instance {
        home = home.toAbsolutePath().normalize();
        runDir = runDir.toAbsolutePath().normalize();
        confDir = confDir.toAbsolutePath().normalize();
    }

    public Path folder(ServiceKind kind) {
        return runDir.resolve(kind.folder());
    }

    public Path log(ServiceKind kind) {
        return folder(kind).resolve("log").resolve(kind.folder() + ".log");
    }

    public Path certificates() {
        return runDir.resolve("certs");
    }

    public Path secrets() {
        return runDir.resolve("secrets");
    }

    public Path configuration(ServiceKind kind) {
        return confDir.resolve(kind.folder()).resolve(kind.folder() + ".properties");
    }

    /** The service's own configuration, read as the service reads it. */
    public Settings settings(ServiceKind kind) {
        return Settings.load(configuration(kind), runDir, portOffset);
    }

    /** A key and its certificate below {@code run/certs}. */
    public KeyMaterial identity(String name) {
        return KeyMaterial.load(certificates().resolve(name));
    }

    public List<X509Certificate> anchors() {
        return PemFiles.certificatesOfFolder(certificates().resolve("anchors"));
    }

    /** Where a port of this instance listens. */
    public Endpoint endpoint(ServicePort port) {
        Settings settings = settings(port.service());
        return new Endpoint(settings.text("listen.address"), settings.port(port.key()));
    }
}
