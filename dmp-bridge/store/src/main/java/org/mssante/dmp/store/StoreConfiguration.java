package org.mssante.dmp.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mssante.core.id.Oid;
import org.mssante.core.service.WatchSettings;
import org.mssante.core.settings.Settings;
import org.mssante.core.settings.StartupFailure;
import org.mssante.dmp.store.http.RequestLimits;
import org.mssante.dmp.store.http.VihfPolicy;
import org.mssante.dmp.store.registry.RegistrationRules;
import org.mssante.dmp.store.registry.SignatureRule;
import org.mssante.dmp.xds.td02.DmpState;

/** conf/store/store.properties as values; the file explains each key. */
record StoreConfiguration(
        String listenAddress,
        int port,
        Path key,
        Path anchors,
        List<Path> clients,
        int threads,
        Duration idle,
        RequestLimits limits,
        RegistrationRules rules,
        int maxResults,
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        int databaseConnections,
        Optional<Path> patients,
        DmpState unknownPatient,
        VihfPart vihf,
        SignaturePart signature,
        WatchSettings watch) {
    /** @param signers certificate files of the structures whose VIHF counts */
    record VihfPart(VihfPolicy policy, Path anchors, List<Path> signers, Duration age, Duration skew) {}

    /** @param signers certificate files of the structures whose signatures of submissions count */
    record SignaturePart(SignatureRule.Policy policy, Path anchors, List<Path> signers, Duration skew) {}

    private static final int MEGABYTE = 1_048_576;

    /** @throws StartupFailure where a key is missing, wrong or unknown */
    static StoreConfiguration read(Settings settings) {
        StoreConfiguration configuration = new StoreConfiguration(
                settings.text("listen.address"),
                settings.port("soap.port"),
                settings.path("tls.key"),
                settings.path("tls.anchors"),
                settings.list("clients").stream().map(Path::of).toList(),
                settings.number("http.threads", 8, 1_000),
                settings.duration("http.idle"),
                new RequestLimits(
                        megabytes(settings, "request.attachment-megabytes"),
                        settings.number("request.attachment-memory-octets", 1_024, 10 * MEGABYTE),
                        settings.number("request.envelope-characters", 10_000, 100 * MEGABYTE),
                        settings.number("request.envelope-depth", 10, 1_000)),
                new RegistrationRules(
                        settings.value("repository.id", Oid::new).value(),
                        megabytes(settings, "document.max-megabytes")),
                settings.number("query.max-results", 1, 100_000),
                settings.text("database.url"),
                settings.text("database.user"),
                settings.optionalText("database.password").orElse(""),
                settings.number("database.connections", 1, 100),
                settings.optionalText("patients.file").map(Path::of),
                unknownPatient(settings),
                vihf(settings),
                signature(settings),
                WatchSettings.from(settings));
        settings.refuseUnknownKeys();
        return configuration;
    }

    private static long megabytes(Settings settings, String key) {
        return (long) settings.number(key, 1, 10_000) * MEGABYTE;
    }

    private static VihfPart vihf(Settings settings) {
        return new VihfPart(
                switch (settings.text("vihf.check")) {
                    case "off" -> VihfPolicy.OFF;
                    case "present" -> VihfPolicy.PRESENT;
                    case "required" -> VihfPolicy.REQUIRED;
                    default -> throw settings.wrong("vihf.check", "must be off, present or required");
                },
                settings.path("vihf.anchors"),
                settings.list("vihf.signers").stream().map(Path::of).toList(),
                settings.positiveDuration("vihf.age"),
                settings.duration("vihf.skew"));
    }

    private static SignaturePart signature(Settings settings) {
        return new SignaturePart(
                switch (settings.text("signature.check")) {
                    case "off" -> SignatureRule.Policy.OFF;
                    case "present" -> SignatureRule.Policy.PRESENT;
                    case "required" -> SignatureRule.Policy.REQUIRED;
                    default -> throw settings.wrong("signature.check", "must be off, present or required");
                },
                settings.path("signature.anchors"),
                settings.list("signature.signers").stream().map(Path::of).toList(),
                settings.duration("signature.skew"));
    }

    private static DmpState unknownPatient(Settings settings) {
        return switch (settings.text("patients.unknown").toLowerCase(Locale.ROOT)) {
            case "active" -> DmpState.ACTIVE;
            case "absent" -> DmpState.ABSENT;
            default -> throw settings.wrong("patients.unknown", "must be active or absent");
        };
    }
}
