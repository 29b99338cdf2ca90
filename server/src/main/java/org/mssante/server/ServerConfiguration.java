package org.mssante.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.api.LdapDirectoryConfiguration;
import org.mssante.core.control.ControlSettings;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.lockout.Allowance;
import org.mssante.core.lockout.LockoutRules;
import org.mssante.core.service.ServedDomains;
import org.mssante.core.service.ServiceArguments;
import org.mssante.core.service.TokenEndpoints;
import org.mssante.core.settings.Settings;
import org.mssante.server.admin.HealthSettings;
import org.mssante.server.auth.token.TokenSettings;
import org.mssante.server.delivery.DeliverySettings;
import org.mssante.server.imap.FolderNames;
import org.mssante.server.imap.ImapLimits;
import org.mssante.server.imap.ImapPort;
import org.mssante.server.imap.wire.CommandLimits;
import org.mssante.server.mailbox.CacheLimits;
import org.mssante.server.sending.SendingSettings;
import org.mssante.server.smtp.FromRule;
import org.mssante.server.smtp.SmtpLimits;
import org.mssante.server.smtp.SmtpPort;
import org.mssante.server.spool.SpoolLimits;
import org.mssante.server.storage.StorageConfiguration;
import org.mssante.server.trust.TrustSettings;

/**
 * {@code server.properties}, read whole before anything starts.
 *
 * @param dataFolder of this service, {@code run/server/data}
 * @param listen the address every port listens on
 * @param hostName what the server calls itself in greetings and in Authentication-Results
 * @param identity the folder of the operator's key and certificate
 * @param identityRefresh how often keys of ours are looked at, whether they were renewed
 * @param maxSignatureBytes of an S/MIME signature with its certificates
 * @param patientsOthers addresses of the patients' domain that are no patient's
 * @param postmaster whom reports of failed delivery are from
 * @param rightsCheck how often the rights behind open sessions, of SMTP and IMAP, are asked for anew
 * @param folders that every mailbox gets, by name, in each language
 * @param fromRule what is asked of the header fields of other operators' messages
 * @param lockout how guessing over SMTP and IMAP is slowed down
 * @param proofLockout how failing tokens and certificates are
 * @param passwords whether persons log in by password
 * @param tokens whose access tokens count; empty: nobody logs in by token
 * @param tokenSession how long a log-in by token lasts
 * @param dnsServers asked for MX records; none: those of the machine
 * @param control the bounds of the control socket
 * @param health when the operator is warned
 * @param backupPatience after which writers wait for a copy of the embedded database to end
 * @param signingKeys the folder with a folder of key and certificate for each mailbox that signs
 */
record ServerConfiguration(
        Path dataFolder,
        InetAddress listen,
        MailDomain hostName,
        Set<MailDomain> ownDomains,
        Path identity,
        Duration identityRefresh,
        Path signingKeys,
        int maxSignatureBytes,
        Set<MailAddress> patientsOthers,
        MailAddress postmaster,
        ZoneId zone,
        Map<SmtpPort, Integer> smtpPorts,
        Map<ImapPort, Integer> imapPorts,
        SmtpLimits smtp,
        SendingSettings sending,
        FromRule fromRule,
        LockoutRules lockout,
        LockoutRules proofLockout,
        boolean passwords,
        Optional<TokenSettings> tokens,
        Duration tokenSession,
        ImapLimits imap,
        Duration rightsCheck,
        FolderNames folders,
        Duration purgedCheck,
        CacheLimits cache,
        SpoolLimits spool,
        LdapDirectoryConfiguration directory,
        TrustSettings trust,
        StorageConfiguration storage,
        DeliverySettings delivery,
        List<String> dnsServers,
        ControlSettings control,
        HealthSettings health,
        Duration backupPatience) {

    private static final int MANY = 1_000_000;
    private static final int MEGABYTE = 1024 * 1024;

    static ServerConfiguration from(ServiceArguments arguments) {
        Settings settings = arguments.settings();
        Path data = arguments.runDir().resolve(MssanteServer.NAME).resolve("data");
        MailDomain hostName = settings.value("mail.host", MailDomain::new);
        ServerConfiguration configuration = new ServerConfiguration(
                data,
                listen(settings),
                hostName,
                ServedDomains.from(settings),
                settings.path("tls.identity"),
                settings.duration("tls.identity.refresh"),
                settings.path("smime.keys"),
                settings.number("smime.signature.max.bytes", 10_000, 10 * MEGABYTE),
                addresses(settings, "mail.patients.others"),
                settings.value("mail.postmaster", MailAddress::parse),
                zone(settings),
                smtpPorts(settings),
                imapPorts(settings),
                smtp(settings),
                SendingSettings.from(settings),
                fromRule(settings),
                lockout(settings, "auth.failures.address"),
                lockout(settings, "auth.failures.proof"),
                settings.flag("login.passwords"),
                TokenSettings.from(settings),
                settings.duration("connect.session.max"),
                imap(settings),
                settings.positiveDuration("sessions.rights.check"),
                FolderNames.from(settings),
                settings.positiveDuration("mailbox.purged.check"),
                cache(settings),
                spool(settings),
                LdapDirectoryConfiguration.from(settings),
                TrustSettings.from(settings, data),
                StorageConfiguration.from(settings),
                DeliverySettings.from(settings, hostName.name()),
                settings.list("delivery.dns.servers"),
                ControlSettings.from(settings),
                HealthSettings.from(settings),
                settings.duration("backup.patience"));
        // only clients are told of them, by ./mssante autoconfig; a fault stops the start as any other
        var unused = TokenEndpoints.from(settings);
        settings.refuseUnknownKeys();
        refuseSessionsThatOutliveTheirTurn(settings, configuration);
        return configuration;
    }

    /** A message that the queue hands out again while its session lasts would be sent twice. */
    private static void refuseSessionsThatOutliveTheirTurn(Settings settings, ServerConfiguration configuration) {
        Duration session = configuration.delivery().client().session();
        if (session.compareTo(configuration.storage().visibilityTimeout()) >= 0) {
            throw settings.wrong(
                    "delivery.session.timeout",
                    "must be shorter than storage.queue.visibility.timeout, or a message is handed out twice");
        }
    }

    private static ZoneId zone(Settings settings) {
        try {
            return ZoneId.of(settings.text("mail.zone"));
        } catch (DateTimeException e) {
            throw settings.wrong("mail.zone", "is no time zone such as Europe/Paris");
        }
    }

    private static LockoutRules lockout(Settings settings, String ofOneAddress) {
        return new LockoutRules(
                allowance(settings, "auth.failures.account"),
                allowance(settings, ofOneAddress),
                settings.duration("auth.failures.delay.first"),
                settings.duration("auth.failures.delay.longest"),
                Set.of(),
                settings.number("auth.failures.entries", 1, MANY));
    }

    private static Allowance allowance(Settings settings, String counted) {
        return new Allowance(
                settings.number(counted + ".free", 0, MANY), settings.positiveDuration(counted + ".forgotten"));
    }

    private static InetAddress listen(Settings settings) {
        try {
            return InetAddress.getByName(settings.text("listen.address"));
        } catch (UnknownHostException e) {
            throw settings.wrong("listen.address", "is no address of this machine");
        }
    }

    private static Set<MailAddress> addresses(Settings settings, String key) {
        Set<MailAddress> addresses = new LinkedHashSet<>();
        for (String address : settings.list(key)) {
            try {
                addresses.add(MailAddress.parse(address));
            } catch (IllegalArgumentException e) {
                throw settings.wrong(key, "holds " + address + ", which is no mail address");
            }
        }
        return addresses;
    }

    private static Map<SmtpPort, Integer> smtpPorts(Settings settings) {
        Map<SmtpPort, Integer> ports = new EnumMap<>(SmtpPort.class);
        ports.put(SmtpPort.MX, settings.port("smtp.mx.port"));
        ports.put(SmtpPort.SUBMISSION, settings.port("smtp.submission.port"));
        ports.put(SmtpPort.SUBMISSIONS, settings.port("smtp.submissions.port"));
        return ports;
    }

    private static Map<ImapPort, Integer> imapPorts(Settings settings) {
        Map<ImapPort, Integer> ports = new EnumMap<>(ImapPort.class);
        ports.put(ImapPort.IMAP, settings.port("imap.port"));
        ports.put(ImapPort.IMAPS, settings.port("imaps.port"));
        return ports;
    }

    private static SmtpLimits smtp(Settings settings) {
        return new SmtpLimits(
                settings.number("smtp.message.max.bytes", MEGABYTE, Integer.MAX_VALUE),
                settings.number("smtp.header.max.bytes", 10_000, 100 * MEGABYTE),
                settings.number("smtp.recipients.max", 1, MANY),
                settings.number("smtp.auth.failures.max", 1, 100),
                settings.number("smtp.connections.max", 1, MANY),
                settings.number("smtp.connections.per.address.max", 1, MANY),
                settings.number("smtp.errors.max", 1, MANY),
                settings.number("smtp.commands.max", 1, Integer.MAX_VALUE),
                settings.number("smtp.line.max.bytes", 1_000, MEGABYTE),
                settings.duration("smtp.line.timeout"),
                settings.duration("smtp.tls.timeout"),
                settings.duration("smtp.idle.timeout"),
                settings.number("smtp.threads", 1, 10_000));
    }

    private static FromRule fromRule(Settings settings) {
        return switch (settings.text("smtp.mx.from")) {
            case "form" -> FromRule.FORM;
            case "peer" -> FromRule.PEER;
            default -> throw settings.wrong("smtp.mx.from", "must be form or peer");
        };
    }

    private static ImapLimits imap(Settings settings) {
        return new ImapLimits(
                new CommandLimits(
                        settings.number("imap.line.max.bytes", 1_000, MEGABYTE),
                        settings.number("imap.literal.max.bytes", MEGABYTE, Integer.MAX_VALUE),
                        settings.number("imap.literal.before-login.max.bytes", 1_000, MEGABYTE),
                        settings.number("imap.literals.max", 2, 10_000),
                        settings.number("imap.nesting.max", 5, 500)),
                settings.number("imap.connections.max", 1, MANY),
                settings.number("imap.connections.per.address.max", 1, MANY),
                settings.number("imap.threads", 1, 10_000),
                settings.duration("imap.login.timeout"),
                settings.duration("imap.idle.timeout"));
    }

    private static CacheLimits cache(Settings settings) {
        return new CacheLimits(
                settings.duration("directory.cache.fresh"),
                settings.duration("directory.cache.stale"),
                settings.number("directory.cache.entries", 1, 100 * MANY));
    }

    private static SpoolLimits spool(Settings settings) {
        return new SpoolLimits(settings.number("spool.workers", 1, 1_000), durations(settings, "spool.retries"));
    }

    private static List<Duration> durations(Settings settings, String key) {
        try {
            return settings.list(key).stream().map(Duration::parse).toList();
        } catch (DateTimeParseException e) {
            throw settings.wrong(key, "must be ISO 8601 durations such as PT30S, separated by commas");
        }
    }
}
