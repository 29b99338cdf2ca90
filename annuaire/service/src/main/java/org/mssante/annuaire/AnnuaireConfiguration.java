package org.mssante.annuaire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.mssante.annuaire.ldap.Limits;
import org.mssante.annuaire.ldap.LockoutRules;
import org.mssante.annuaire.registry.PasswordHashing;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.HoldRules;
import org.mssante.core.service.WatchSettings;
import org.mssante.core.settings.Settings;

/**
 * The settings of the annuaire, as {@code conf/annuaire/annuaire.properties} explains them.
 *
 * @param data what the service writes: the registry, the index, the files of a sort
 */
record AnnuaireConfiguration(
        InetAddress address,
        int ldapPort,
        int ldapsPort,
        Path tls,
        Path secrets,
        Path data,
        Path mailboxes,
        int registryConnections,
        int indexBufferMegabytes,
        Duration snapshotLife,
        DirectoryView.Configuration view,
        Duration registerInterval,
        PasswordHashing.Cost passwordCost,
        int passwordChecks,
        Limits limits,
        LockoutRules lockout,
        WatchSettings watch) {
    /** Those that may bind as {@code uid=…,ou=services}: the mail server, the DMP bridge, and the command line. */
    static final List<String> SERVICES = List.of("server", "bridge", "client");

    private static final int MANY = 1_000_000;
    private static final int PERCENT = 100;

    static AnnuaireConfiguration from(Settings settings) {
        Path data = settings.runDir().resolve("annuaire").resolve("data");
        AnnuaireConfiguration configuration = new AnnuaireConfiguration(
                settings.value("listen.address", AnnuaireConfiguration::address),
                settings.port("ldap.port"),
                settings.port("ldaps.port"),
                settings.path("tls.folder"),
                settings.path("secrets.folder"),
                data,
                settings.existingFile("mailboxes.file"),
                settings.number("registry.connections", 1, 64),
                settings.number("index.buffer-megabytes", 1, 1_024),
                settings.duration("index.snapshot-life"),
                view(settings, data.resolve("scratch")),
                settings.duration("register.check.interval"),
                new PasswordHashing.Cost(
                        settings.number("password.memory-kib", 8, MANY),
                        settings.number("password.iterations", 1, 100),
                        settings.number("password.parallelism", 1, 16)),
                settings.number("password.checks-at-once", 1, 64),
                limits(settings),
                new LockoutRules(
                        settings.number("lockout.free-failures", 0, MANY),
                        settings.duration("lockout.first-delay"),
                        settings.duration("lockout.longest-delay"),
                        Set.copyOf(settings.list("lockout.exempt-addresses")),
                        settings.number("lockout.entries", 1, MANY)),
                WatchSettings.from(settings));
        settings.refuseUnknownKeys();
        return configuration;
    }

    private static DirectoryView.Configuration view(Settings settings, Path scratch) {
        return new DirectoryView.Configuration(
                settings.path("register.extracts"),
                scratch,
                settings.number("register.max-line-bytes", 1_024, 16 * 1_024 * 1_024),
                settings.number("register.sort-buffer-megabytes", 1, 4_096) * 1_024L * 1_024L,
                new HoldRules(
                        settings.number("register.hold.removed-percent", 0, PERCENT),
                        settings.number("register.hold.changed-percent", 0, PERCENT),
                        settings.number("register.hold.domain.removed-percent", 0, PERCENT),
                        settings.number("register.hold.domain.mailboxes", 1, MANY),
                        settings.number("register.hold.fewest", 0, MANY),
                        settings.number("register.hold.bad-rows-percent", 0, PERCENT)),
                SERVICES);
    }

    private static Limits limits(Settings settings) {
        return new Limits(
                settings.number("limits.connections", 1, MANY),
                settings.number("limits.message-bytes", 1_024, 16 * 1_024 * 1_024),
                settings.number("limits.filter-depth", 1, 1_000),
                settings.number("limits.filter-items", 1, MANY),
                settings.duration("limits.login-time"),
                settings.duration("limits.idle-time"),
                settings.duration("limits.search-time"),
                settings.number("limits.professional-entries", 1, MANY),
                settings.number("limits.service-entries", 1, MANY));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no such address", e);
        }
    }
}
