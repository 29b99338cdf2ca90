package org.mssante.dmp.bridge;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.api.LdapDirectoryConfiguration;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Oid;
import org.mssante.core.service.WatchSettings;
import org.mssante.core.settings.Settings;
import org.mssante.dmp.bridge.extract.ExtractionLimits;
import org.mssante.dmp.bridge.extract.UnstatedQualification;
import org.mssante.dmp.bridge.filing.Backoff;
import org.mssante.dmp.bridge.filing.ContentRetention;
import org.mssante.dmp.bridge.filing.Endurance;
import org.mssante.dmp.bridge.filing.OlderVersions;
import org.mssante.dmp.cda.Associations;
import org.mssante.dmp.cda.CdaLimits;
import org.mssante.dmp.cda.InsRules;
import org.mssante.dmp.cda.SchemaRule;
import org.mssante.dmp.cda.Schematron;
import org.mssante.dmp.cda.SenderMetadata;
import org.mssante.dmp.cda.Trait;
import org.mssante.dmp.consent.AuthorCheck;
import org.mssante.dmp.consent.Strictness;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.signature.SignatureStyle;
import org.mssante.dmp.xds.signature.XadesForm;
import org.mssante.dmp.xds.vihf.Requester;
import org.mssante.dmp.xds.xmldsig.SigningKey;

/**
 * Everything an operator configures of the bridge, read once and checked (conf/bridge/bridge.properties explains it).
 *
 * @param retention of the content of what has ended
 * @param documentAge a document may wait before an operator is warned
 * @param decisionAge a document may wait for a person's word before an operator is warned
 * @param receiptAge a receipt may wait before an operator is warned
 */
public record BridgeSettings(
        IntakePart intake,
        DocumentPart documents,
        DmpPart dmp,
        ReceiptPart receipts,
        WorkPart work,
        DatabasePart database,
        ContentRetention.Kept retention,
        ConsentPart consent,
        WatchSettings watch,
        Duration documentAge,
        Duration decisionAge,
        Duration receiptAge) {

    public record IntakePart(
            InetAddress address,
            int port,
            String hostName,
            Path certificate,
            Path anchors,
            Path mailServerCertificate,
            int maxMessageBytes,
            int maxRecipients,
            int maxConnections,
            Duration timeout) {}

    /** @param unstated what it means that a mail does not say whether the INS is qualified */
    public record DocumentPart(
            InsRules ins,
            UnstatedQualification unstated,
            Associations associations,
            ZoneId zone,
            SchemaRule schema,
            Optional<SchematronPart> schematron,
            ExtractionLimits limits) {}

    public record SchematronPart(Path file, Schematron.Limits limits) {}

    public record DmpPart(
            URI services,
            Path certificate,
            Path anchors,
            String repositoryId,
            Oid sourceId,
            Duration connectTimeout,
            Duration answerTimeout,
            int spoolThreshold,
            OlderVersions older,
            Optional<VihfPart> vihf,
            Optional<SignaturePart> signature) {}

    public record VihfPart(SigningKey key, Requester requester, Optional<Duration> validity) {}

    /** Of each submission. */
    public record SignaturePart(SigningKey key, SignatureStyle style) {}

    public record ReceiptPart(
            String host,
            int port,
            MailAddress mailbox,
            Path certificate,
            Path anchors,
            Duration timeout,
            int maxBytes) {}

    public record WorkPart(
            String name, int workers, long memory, Duration pause, Duration lease, Endurance endurance) {}

    /** @param oppositions the register of the structure */
    public record ConsentPart(
            Path oppositions, AuthorCheck.Rules authors, Strictness structures, LdapDirectoryConfiguration directory) {}

    /** @param url empty for the embedded database in {@code folder} */
    public record DatabasePart(Optional<String> url, String user, String password, int connections) {}

    public static BridgeSettings from(Settings settings) {
        BridgeSettings read = new BridgeSettings(
                intake(settings),
                documents(settings),
                dmp(settings),
                receipts(settings),
                work(settings),
                new DatabasePart(
                        settings.optionalText("database.url"),
                        settings.optionalText("database.user").orElse("sa"),
                        settings.optionalText("database.password").orElse(""),
                        settings.number("database.connections", 2, 200)),
                new ContentRetention.Kept(
                        settings.positiveDuration("retention.content"),
                        settings.positiveDuration("retention.interval")),
                consent(settings),
                WatchSettings.from(settings),
                settings.duration("health.document.age"),
                settings.duration("health.document.decision"),
                settings.duration("health.receipt.age"));
        settings.refuseUnknownKeys();
        return read;
    }

    private static ConsentPart consent(Settings settings) {
        return new ConsentPart(
                settings.existingFile("consent.oppositions"),
                new AuthorCheck.Rules(
                        settings.value("author.check", BridgeSettings::strictness),
                        settings.value("author.without-rpps", BridgeSettings::strictness)),
                settings.value("structure.check", BridgeSettings::strictness),
                LdapDirectoryConfiguration.from(settings));
    }

    private static IntakePart intake(Settings settings) {
        return new IntakePart(
                settings.value("listen.address", BridgeSettings::address),
                settings.port("intake.port"),
                settings.text("intake.hostname"),
                settings.path("intake.tls"),
                settings.path("tls.anchors"),
                settings.path("intake.mail-server.certificate"),
                settings.number("intake.max-message-bytes", 1_000, 500_000_000),
                settings.number("intake.max-recipients", 1, 10_000),
                settings.number("intake.max-connections", 1, 10_000),
                settings.duration("intake.timeout"));
    }

    private static DocumentPart documents(Settings settings) {
        InsRules ins = new InsRules(
                roots(settings),
                settings.flag("ins.key-must-hold"),
                settings.value("ins.traits", BridgeSettings::traits),
                settings.flag("ins.trait-form-must-hold"));
        CdaLimits cda = new CdaLimits(
                settings.number("cda.max-bytes", 1_000, 500_000_000),
                settings.number("cda.max-depth", 10, 100_000),
                settings.number("cda.max-header-elements", 100, 10_000_000),
                settings.number("cda.max-header-characters", 1_000, 500_000_000));
        ExtractionLimits.ZipLimits zip = new ExtractionLimits.ZipLimits(
                settings.number("zip.max-entries", 1, 1_000_000),
                settings.number("zip.max-total-bytes", 1_000, Integer.MAX_VALUE),
                settings.number("zip.max-ratio", 1, 100_000),
                settings.number("zip.max-name-length", 10, 10_000));
        return new DocumentPart(
                ins,
                settings.value("ins.unstated-qualification", BridgeSettings::unstated),
                settings.value("class.of-newer-types", Associations::shipped),
                settings.value("time.zone", ZoneId::of),
                settings.value("documents.schema", BridgeSettings::schema),
                schematron(settings),
                new ExtractionLimits(
                        settings.number("mail.max-parts", 1, 100_000),
                        settings.number("mail.max-depth", 1, 1_000),
                        zip,
                        new ExtractionLimits.MetadataLimits(
                                settings.number("metadata.max-bytes", 1_000, 500_000_000),
                                settings.number("metadata.max-elements", 10, 10_000_000)),
                        cda));
    }

    private static Optional<SchematronPart> schematron(Settings settings) {
        Schematron.Limits limits = new Schematron.Limits(
                settings.positiveDuration("documents.schematron.time"),
                settings.number("documents.schematron.max-bytes", 1_000, 500_000_000),
                settings.number("documents.schematron.max-findings", 1, 1_000));
        return settings.optionalText("documents.schematron")
                .map(file -> new SchematronPart(settings.existingFile("documents.schematron"), limits));
    }

    private static DmpPart dmp(Settings settings) {
        return new DmpPart(
                URI.create("https://" + settings.text("dmp.host") + ":" + settings.port("dmp.port")
                        + settings.text("dmp.path")),
                settings.path("dmp.tls"),
                settings.path("tls.anchors"),
                settings.text("dmp.repository-id"),
                settings.value("dmp.source-id", Oid::new),
                settings.duration("dmp.connect-timeout"),
                settings.duration("dmp.answer-timeout"),
                settings.number("dmp.spool-threshold", 0, Integer.MAX_VALUE),
                settings.value("versions.older", BridgeSettings::older),
                vihf(settings),
                signature(settings));
    }

    private static Optional<VihfPart> vihf(Settings settings) {
        Optional<Duration> validity =
                settings.optionalText("dmp.vihf.validity").map(text -> settings.positiveDuration("dmp.vihf.validity"));
        Requester requester = new Requester(
                settings.text("dmp.vihf.subject"),
                settings.text("dmp.vihf.name"),
                settings.text("dmp.vihf.structure"),
                settings.value("dmp.vihf.sector", BridgeSettings::code),
                settings.value("dmp.vihf.role", BridgeSettings::code),
                new Requester.Software(
                        settings.text("dmp.vihf.software.id"),
                        settings.text("dmp.vihf.software.name"),
                        settings.text("dmp.vihf.software.version"),
                        settings.text("dmp.vihf.software.homologation")));
        return signingKey(settings, "dmp.vihf.key").map(key -> new VihfPart(key, requester, validity));
    }

    private static Optional<SignaturePart> signature(Settings settings) {
        boolean signs = settings.value("dmp.signature", BridgeSettings::signs);
        SignatureStyle style = new SignatureStyle(
                settings.value("dmp.signature.xades", BridgeSettings::xades),
                settings.value("dmp.signature.digest", BridgeSettings::digest),
                masks(settings));
        Optional<SigningKey> key = signingKey(settings, "dmp.signature.key");
        if (!signs) {
            return Optional.empty();
        }
        return Optional.of(
                new SignaturePart(key.orElseThrow(() -> settings.wrong("dmp.signature.key", "is missing")), style));
    }

    private static Optional<SigningKey> signingKey(Settings settings, String name) {
        Optional<Path> password = settings.optionalText(name + ".password-file").map(Path::of);
        Optional<String> alias = settings.optionalText(name + ".alias");
        return settings.optionalText(name).map(place -> new SigningKey(Path.of(place), password, alias));
    }

    private static ReceiptPart receipts(Settings settings) {
        return new ReceiptPart(
                settings.text("receipt.host"),
                settings.port("receipt.port"),
                settings.value("receipt.mailbox", MailAddress::parse),
                settings.path("receipt.tls"),
                settings.path("tls.anchors"),
                settings.duration("receipt.timeout"),
                settings.number("receipt.max-message-bytes", 10_000, 500_000_000));
    }

    private static WorkPart work(Settings settings) {
        Duration first = settings.duration("work.retry.first");
        Duration longest = settings.duration("work.retry.longest");
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw settings.wrong("work.retry.longest", "is shorter than work.retry.first");
        }
        return new WorkPart(
                settings.text("work.name"),
                settings.number("work.workers", 1, 100),
                settings.number("work.memory-bytes", 1_000_000, 2_000_000_000),
                settings.duration("work.pause"),
                settings.duration("work.lease"),
                new Endurance(
                        new Backoff(first, longest),
                        settings.number("work.max-failures", 1, 1_000),
                        settings.positiveDuration("work.retry.give-up")));
    }

    private static Code code(String text) {
        String[] parts = text.split("\\^", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isBlank() || !Oid.isOid(parts[1])) {
            throw new IllegalArgumentException("is CODE^OID or CODE^OID^NAME");
        }
        return new Code(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }

    private static Strictness strictness(String text) {
        return switch (text) {
            case "off" -> Strictness.OFF;
            case "note" -> Strictness.NOTE;
            case "refuse" -> Strictness.REFUSE;
            default -> throw new IllegalArgumentException("is one of off, note and refuse");
        };
    }

    private static UnstatedQualification unstated(String text) {
        return switch (text) {
            case "note" -> UnstatedQualification.NOTE;
            case "refuse" -> UnstatedQualification.REFUSE;
            default -> throw new IllegalArgumentException("is one of note and refuse");
        };
    }

    private static SchemaRule schema(String text) {
        return switch (text) {
            case "refuse" -> SchemaRule.REFUSE;
            case "warn" -> SchemaRule.WARN;
            case "off" -> SchemaRule.OFF;
            default -> throw new IllegalArgumentException("is one of refuse, warn and off");
        };
    }

    private static boolean signs(String text) {
        return switch (text) {
            case "none" -> false;
            case "xades" -> true;
            default -> throw new IllegalArgumentException("is one of none and xades");
        };
    }

    private static XadesForm xades(String text) {
        return switch (text) {
            case "1.1.1" -> XadesForm.V1_1_1;
            case "1.3.2" -> XadesForm.V1_3_2;
            default -> throw new IllegalArgumentException("is one of 1.1.1 and 1.3.2");
        };
    }

    private static SignatureStyle.Digest digest(String text) {
        return switch (text) {
            case "sha256" -> SignatureStyle.Digest.SHA256;
            case "sha1" -> SignatureStyle.Digest.SHA1;
            default -> throw new IllegalArgumentException("is one of sha256 and sha1");
        };
    }

    private static List<Code> masks(Settings settings) {
        List<String> codes = settings.list("dmp.signature.masks");
        List<Code> masks = SenderMetadata.ofMasks(codes, Optional.empty()).masks();
        if (masks.size() != codes.size()) {
            throw settings.wrong("dmp.signature.masks", "holds a code that is no mask");
        }
        return masks;
    }

    private static OlderVersions older(String text) {
        return switch (text) {
            case "file" -> OlderVersions.FILE;
            case "refuse" -> OlderVersions.REFUSE;
            default -> throw new IllegalArgumentException("is one of file and refuse");
        };
    }

    private static List<Oid> roots(Settings settings) {
        List<String> roots = settings.list("ins.roots");
        if (roots.isEmpty()) {
            throw settings.wrong("ins.roots", "is missing");
        }
        return roots.stream()
                .map(root -> {
                    if (!Oid.isOid(root)) {
                        throw settings.wrong("ins.roots", "holds a value that is no OID");
                    }
                    return new Oid(root);
                })
                .toList();
    }

    private static Set<Trait> traits(String text) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (String key : text.split(",", -1)) {
            traits.add(Trait.ofKey(key.strip()));
        }
        return traits;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("the host is unknown", e);
        }
    }
}
