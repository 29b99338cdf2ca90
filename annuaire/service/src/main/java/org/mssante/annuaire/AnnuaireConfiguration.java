package org.mssante.annuaire;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.crawl.CrawlRules;
import org.mssante.annuaire.crawl.FhirApi;
import org.mssante.annuaire.fhir.FhirLimits;
import org.mssante.annuaire.ldap.Limits;
import org.mssante.annuaire.lifecycle.LifeCyclePolicy;
import org.mssante.annuaire.lifecycle.NoticeSubmission;
import org.mssante.annuaire.login.ClientCertificates;
import org.mssante.annuaire.publish.FhirPublisher;
import org.mssante.annuaire.registry.AppPasswordRules;
import org.mssante.annuaire.registry.PasswordHashing;
import org.mssante.annuaire.rest.ApiLimits;
import org.mssante.annuaire.source.Extract;
import org.mssante.annuaire.source.RegisterSources;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.HoldRules;
import org.mssante.annuaire.web.WebLimits;
import org.mssante.core.fetch.Downloads;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.WebProxy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.lockout.Allowance;
import org.mssante.core.lockout.LockoutRules;
import org.mssante.core.service.ServedDomains;
import org.mssante.core.service.WatchSettings;
import org.mssante.core.settings.Settings;

/**
 * The settings of the annuaire, as {@code conf/annuaire/annuaire.properties} explains them.
 *
 * @param registerAge an edition that is fetched may have before an operator is warned
 * @param data what the service writes: the registry, the index, the files of a sort
 */
record AnnuaireConfiguration(
        InetAddress address,
        int ldapPort,
        int ldapsPort,
        Path tls,
        Optional<CertificatePart> certificates,
        Path secrets,
        Path data,
        Set<MailDomain> domains,
        Path mailboxes,
        int registryConnections,
        int indexBufferMegabytes,
        Duration snapshotLife,
        RegisterSources.Configuration sources,
        Duration registerAge,
        DirectoryView.Configuration view,
        Duration registerInterval,
        LifeCyclePart lifeCycle,
        PublicationPart publication,
        PersonalPart personal,
        Limits limits,
        HttpsPart https,
        FhirLimits fhir,
        AdministrationPart administration,
        LockoutRules lockout,
        WatchSettings watch) {
    /** Those that may bind as {@code uid=…,ou=services}: the mail server, the DMP bridge, and the command line. */
    static final List<String> SERVICES = List.of("server", "bridge", "client");

    private static final int MANY = 1_000_000;
    private static final int PERCENT = 100;
    private static final long MEGABYTE = 1_024 * 1_024;
    private static final int LONGEST_DESTINATION = 500;
    private static final String MAX_LINE = "register.max-line-bytes";
    private static final int MIN_LINE_BYTES = 1_024;
    private static final int MAX_LINE_BYTES = 16 * 1_024 * 1_024;

    /**
     * What LDAP clients may log in with instead of a password.
     *
     * @param services the subject of each one's certificate, by its name
     */
    record CertificatePart(ClientCertificates.Configuration judged, Map<String, X500Principal> services) {}

    /**
     * Our mailboxes beside the register.
     *
     * @param notices empty where nobody is told
     * @param administrator told of every mailbox
     * @param noticeAge a notice may wait before an operator is warned
     */
    record LifeCyclePart(
            LifeCyclePolicy policy,
            Optional<NoticeSubmission> notices,
            Optional<MailAddress> administrator,
            Duration noticeAge) {}

    /**
     * Our mailboxes in the annuaire national.
     *
     * @param fhir empty where the orders go to files
     */
    record PublicationPart(Path folder, Optional<FhirPublisher.Configuration> fhir) {
        /** What is remembered of one destination says nothing of another. */
        String destination() {
            return fhir.map(api -> api.base().toString())
                    .orElseGet(() -> "file " + folder.toAbsolutePath().normalize());
        }
    }

    /**
     * The administration of mailboxes over the network.
     *
     * @param types an administrator of their structure has to do with
     * @param secondFactor whether operators and administrators need more than a password
     * @param patience a change is answered after at most, whether the directory shows it or not
     */
    record AdministrationPart(Set<MailboxType> types, boolean secondFactor, Duration patience, ApiLimits limits) {}

    /**
     * What persons log in with.
     *
     * @param passwords whether by password at all, at whatever door
     * @param passwordChecks at the same time
     * @param ownForClients whether a person's own password opens mail clients
     * @param issuer what authenticator apps call this operator
     */
    record PersonalPart(
            boolean passwords,
            PasswordHashing.Cost passwordCost,
            int passwordChecks,
            boolean ownForClients,
            AppPasswordRules appPasswords,
            String issuer) {}

    /** The port of the APIs. */
    record HttpsPart(int port, WebLimits limits) {}

    static AnnuaireConfiguration from(Settings settings) {
        Path data = settings.runDir().resolve("annuaire").resolve("data");
        Path named = settings.path("register.extracts");
        RegisterSources.Configuration sources = sources(settings);
        AnnuaireConfiguration configuration = new AnnuaireConfiguration(
                settings.value("listen.address", AnnuaireConfiguration::address),
                settings.port("ldap.port"),
                settings.port("ldaps.port"),
                settings.path("tls.folder"),
                certificates(settings),
                settings.path("secrets.folder"),
                data,
                ServedDomains.from(settings),
                settings.existingFile("mailboxes.file"),
                settings.number("registry.connections", 1, 64),
                settings.number("index.buffer-megabytes", 1, 1_024),
                settings.duration("index.snapshot-life"),
                sources,
                settings.positiveDuration("health.register.age"),
                view(settings, sources.isEmpty() ? named : fetched(data), data.resolve("scratch")),
                settings.duration("register.check.interval"),
                lifeCycle(settings),
                publication(settings),
                personal(settings),
                limits(settings),
                https(settings),
                fhirLimits(settings),
                administration(settings),
                lockout(settings),
                WatchSettings.from(settings));
        settings.refuseUnknownKeys();
        return configuration;
    }

    /** Nobody is asked for a certificate where it is off. */
    private static Optional<CertificatePart> certificates(Settings settings) {
        boolean asked = settings.flag("ldap.client-certificates");
        ClientCertificates.Configuration judged = new ClientCertificates.Configuration(
                settings.path("ldap.client-certificates.anchors"),
                settings.path("ldap.client-certificates.crls"),
                settings.duration("ldap.client-certificates.look"));
        Map<String, X500Principal> services = new HashMap<>();
        for (String service : SERVICES) {
            settings.optionalValue("ldap.client-certificates." + service, X500Principal::new)
                    .ifPresent(subject -> services.put(service, subject));
        }
        return asked ? Optional.of(new CertificatePart(judged, services)) : Optional.empty();
    }

    private static LockoutRules lockout(Settings settings) {
        Allowance allowance = new Allowance(
                settings.number("lockout.free-failures", 0, MANY), settings.positiveDuration("lockout.forgotten"));
        return new LockoutRules(
                allowance,
                allowance,
                settings.duration("lockout.first-delay"),
                settings.duration("lockout.longest-delay"),
                Set.copyOf(settings.list("lockout.exempt-addresses")),
                settings.number("lockout.entries", 1, MANY));
    }

    /** The folder of the extracts that are fetched. */
    private static Path fetched(Path data) {
        return data.resolve("extracts");
    }

    /** Asks nobody yet. */
    RegisterSources openSources(Clock clock) {
        return RegisterSources.open(sources, fetched(data), data.resolve("fetch"), clock);
    }

    private static RegisterSources.Configuration sources(Settings settings) {
        Map<Extract, URI> addresses = new EnumMap<>(Extract.class);
        for (Extract extract : Extract.values()) {
            settings.optionalHttps("register.fetch." + extract.setting())
                    .ifPresent(address -> addresses.put(extract, address));
        }
        Optional<RegisterSources.FhirPart> fhir = fhir(settings);
        if (fhir.isPresent() && !addresses.isEmpty()) {
            throw settings.wrong("register.fhir.url", "cannot be set beside a register.fetch.* address: choose one");
        }
        return new RegisterSources.Configuration(
                addresses,
                fhir,
                settings.path("register.fetch.anchors"),
                WebProxy.from(settings, "register.fetch.proxy"),
                settings.positiveDuration("register.fetch.interval"),
                FetchTimes.backOff(settings, "register.fetch.backoff"),
                settings.positiveDuration("register.fetch.connect.timeout"),
                new Downloads.Limits(
                        settings.positiveDuration("register.fetch.timeout"),
                        settings.positiveDuration("register.fetch.silence"),
                        settings.number("register.fetch.max-megabytes", 1, MANY) * MEGABYTE,
                        settings.number("register.fetch.disk-reserve-megabytes", 0, MANY) * MEGABYTE,
                        settings.list("register.fetch.moved-to").stream()
                                .map(host -> host.toLowerCase(Locale.ROOT))
                                .collect(Collectors.toUnmodifiableSet())),
                settings.number(MAX_LINE, MIN_LINE_BYTES, MAX_LINE_BYTES),
                settings.number("register.fetch.max-text-megabytes", 1, MANY) * MEGABYTE);
    }

    private static Optional<RegisterSources.FhirPart> fhir(Settings settings) {
        Optional<URI> base = settings.optionalHttps("register.fhir.url");
        Path key = settings.path("register.fhir.key");
        int page = settings.number("register.fhir.page", 1, MANY);
        Duration pause = settings.duration("register.fhir.pause");
        List<Duration> retries = FetchTimes.backOff(settings, "register.fhir.retries");
        CrawlRules rules = new CrawlRules(
                settings.positiveDuration("register.fhir.whole"),
                settings.positiveDuration("register.fhir.look-back"),
                settings.duration("register.fhir.overlap"),
                settings.number("register.fhir.max-pages", 1, MANY),
                settings.number("register.fhir.max-megabytes", 1, MANY) * MEGABYTE,
                settings.number("register.fetch.disk-reserve-megabytes", 0, MANY) * MEGABYTE);
        Duration timeout = settings.positiveDuration("register.fhir.timeout");
        int maxPageBytes = settings.number("register.fhir.max-page-megabytes", 1, 256) * (int) MEGABYTE;
        return base.map(url -> new RegisterSources.FhirPart(
                new FhirApi(url, key, page, pause, retries), rules, timeout, maxPageBytes));
    }

    private static DirectoryView.Configuration view(Settings settings, Path extracts, Path scratch) {
        return new DirectoryView.Configuration(
                extracts,
                settings.flag("register.diplomas"),
                scratch,
                settings.number(MAX_LINE, MIN_LINE_BYTES, MAX_LINE_BYTES),
                settings.number("register.sort-buffer-megabytes", 1, 1_024) * 1_024 * 1_024,
                new HoldRules(
                        settings.number("register.hold.removed-percent", 0, PERCENT),
                        settings.number("register.hold.changed-percent", 0, PERCENT),
                        settings.number("register.hold.domain.removed-percent", 0, PERCENT),
                        settings.number("register.hold.domain.mailboxes", 1, MANY),
                        settings.number("register.hold.fewest", 0, MANY),
                        settings.number("register.hold.bad-rows-percent", 0, PERCENT)),
                SERVICES);
    }

    private static LifeCyclePart lifeCycle(Settings settings) {
        return new LifeCyclePart(
                new LifeCyclePolicy(settings.flag("lifecycle.suspend"), settings.duration("lifecycle.suspend.delay")),
                notices(settings),
                settings.optionalValue("lifecycle.administrator", MailAddress::parse),
                settings.duration("health.notice.age"));
    }

    /** Nobody is told where no mailbox is named. */
    private static Optional<NoticeSubmission> notices(Settings settings) {
        Optional<MailAddress> mailbox = settings.optionalValue("lifecycle.notice.mailbox", MailAddress::parse);
        String host = settings.text("lifecycle.notice.host");
        int port = settings.port("lifecycle.notice.port");
        Path certificate = settings.path("lifecycle.notice.tls");
        Path anchors = settings.path("lifecycle.notice.anchors");
        Duration timeout = settings.duration("lifecycle.notice.timeout");
        return mailbox.map(address -> new NoticeSubmission(host, port, address, certificate, anchors, timeout));
    }

    private static PublicationPart publication(Settings settings) {
        FhirPublisher.Configuration fhir = new FhirPublisher.Configuration(
                settings.https("publication.fhir.url"),
                settings.path("publication.fhir.key"),
                settings.optionalValue("publication.fhir.tls", Path::of),
                settings.path("publication.fhir.anchors"),
                WebProxy.from(settings, "publication.fhir.proxy"),
                settings.duration("publication.fhir.timeout"),
                settings.duration("publication.fhir.pause"),
                typeAsConcept(settings));
        Path folder = settings.path("publication.folder");
        return switch (settings.text("publication.by")) {
            case "file" -> remembered(settings, "publication.folder", new PublicationPart(folder, Optional.empty()));
            case "fhir" -> remembered(settings, "publication.fhir.url", new PublicationPart(folder, Optional.of(fhir)));
            default -> throw settings.wrong("publication.by", "must be file or fhir");
        };
    }

    private static PublicationPart remembered(Settings settings, String key, PublicationPart part) {
        if (part.destination().length() > LONGEST_DESTINATION) {
            throw settings.wrong(
                    key, "is too long, since a destination is remembered by " + LONGEST_DESTINATION + " characters");
        }
        return part;
    }

    private static boolean typeAsConcept(Settings settings) {
        return switch (settings.text("publication.fhir.type")) {
            case "concept" -> true;
            case "code" -> false;
            default -> throw settings.wrong("publication.fhir.type", "must be concept or code");
        };
    }

    private static HttpsPart https(Settings settings) {
        return new HttpsPart(
                settings.port("https.port"),
                new WebLimits(
                        settings.number("limits.connections", 1, MANY),
                        settings.number("https.threads", 4, 1_000),
                        settings.duration("https.idle-time")));
    }

    private static PersonalPart personal(Settings settings) {
        return new PersonalPart(
                settings.flag("login.passwords"),
                new PasswordHashing.Cost(
                        settings.number("password.memory-kib", 8, MANY),
                        settings.number("password.iterations", 1, 100),
                        settings.number("password.parallelism", 1, 16)),
                settings.number("password.checks-at-once", 1, 64),
                ownForClients(settings),
                new AppPasswordRules(settings.number("password.app.most", 0, 1_000), appPasswordLife(settings)),
                settings.text("second-factor.issuer"));
    }

    private static boolean ownForClients(Settings settings) {
        return switch (settings.text("password.clients")) {
            case "own" -> true;
            case "app" -> false;
            default -> throw settings.wrong("password.clients", "must be own or app");
        };
    }

    private static Duration appPasswordLife(Settings settings) {
        Duration life = settings.duration("password.app.life");
        if (life.isNegative()) {
            throw settings.wrong("password.app.life", "must not be negative");
        }
        return life;
    }

    private static FhirLimits fhirLimits(Settings settings) {
        return new FhirLimits(
                settings.number("fhir.page", 1, MANY),
                settings.number("fhir.page.max", 1, MANY),
                settings.number("fhir.page.entries", 1, MANY),
                settings.number("limits.professional-entries", 1, MANY),
                settings.duration("limits.search-time"),
                settings.number("fhir.searches", 1, MANY));
    }

    private static AdministrationPart administration(Settings settings) {
        return new AdministrationPart(
                settings.list("administration.types").stream()
                        .map(text -> type(settings, text))
                        .collect(Collectors.toUnmodifiableSet()),
                settings.flag("administration.second-factor"),
                settings.duration("administration.patience"),
                new ApiLimits(
                        settings.number("administration.request.max-bytes", 1_024, MANY),
                        settings.duration("administration.request.time"),
                        settings.number("administration.page", 1, MANY),
                        settings.number("administration.page.max", 1, MANY)));
    }

    private static MailboxType type(Settings settings, String text) {
        return Arrays.stream(MailboxType.values())
                .filter(type -> type.name().equals(text))
                .findFirst()
                .orElseThrow(() -> settings.wrong("administration.types", "must be a list of PER, ORG, APP, CAB"));
    }

    private static Limits limits(Settings settings) {
        return new Limits(
                settings.number("limits.connections", 1, MANY),
                settings.number("limits.message-bytes", 1_024, 16 * 1_024 * 1_024),
                settings.number("limits.filter-depth", 1, 200),
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
