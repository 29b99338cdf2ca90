package org.mssante.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.Absence;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Language;
import org.mssante.annuaire.api.ListedDirectory;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.certs.SharedPki;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;
import org.mssante.core.service.ServiceArguments;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.TraceLine;
import org.mssante.core.trace.TraceReader;

/**
 * The real server in this process, on free ports, with the shipped configuration, real certificates and a directory the
 * test fills. The certificates are made once for all tests of the module.
 */
final class RunningServer implements AutoCloseable {
    static final String LABO = "labo.test@demo.mssante.fr";
    /** The one its certificate names. */
    static final StructureId LABORATORY = StructureId.siret("99900002900010");

    static final String DOCTOR = "dr.test@demo.medecin.mssante.fr";
    static final String COLLEAGUE = "dr.martin@demo.medecin.mssante.fr";
    static final String PRACTICE = "cabinet.exemple@demo.mssante.fr";
    static final String SUSPENDED = "suspendu@demo.mssante.fr";
    static final String ELSEWHERE = "sortie@chu-exemple.mssante.fr";
    static final String PASSWORD = "mot de passe é";

    private static final int SILENCE_MILLIS = 20_000;
    private static final List<String> PORTS =
            List.of("smtp.mx.port", "smtp.submission.port", "smtp.submissions.port", "imap.port", "imaps.port");

    private final Path runDir;
    private final Map<String, Integer> ports;
    private final ListedDirectory directory;
    private final MssanteServer server;

    private RunningServer(Path runDir, Map<String, Integer> ports, ListedDirectory directory, MssanteServer server) {
        this.runDir = runDir;
        this.ports = ports;
        this.directory = directory;
        this.server = server;
    }

    static RunningServer start(Path runDir) throws IOException {
        return start(runDir, Map.of());
    }

    static RunningServer start(Path runDir, Map<String, String> changes) throws IOException {
        return start(runDir, changes, directory -> directory);
    }

    /** @param between what the server asks in the directory's place */
    static RunningServer start(Path runDir, Map<String, String> changes, UnaryOperator<Directory> between)
            throws IOException {
        linkCertificates(runDir);
        Map<String, Integer> ports = freePorts();
        Map<String, String> settings = new HashMap<>(changes);
        ports.forEach((key, port) -> settings.put(key, port.toString()));
        settings.putIfAbsent("directory.cache.fresh", "PT0S");
        Path conf = configuration(runDir, settings);
        ListedDirectory directory = demonstration(runDir);
        MssanteServer server = MssanteServer.start(
                new ServiceArguments(conf, runDir, 0), (any, configuration) -> between.apply(directory));
        return new RunningServer(runDir, ports, directory, server);
    }

    /** The shipped file with some values changed, so that every test reads the real defaults. */
    static Path configuration(Path runDir, Map<String, String> changes) throws IOException {
        Path shipped = Path.of(System.getProperty("mssante.home"), "conf", "server", "server.properties");
        String text = Files.readAllLines(shipped, StandardCharsets.UTF_8).stream()
                .map(line -> changes.entrySet().stream()
                        .filter(change -> line.startsWith(change.getKey() + "="))
                        .map(change -> change.getKey() + "=" + change.getValue())
                        .findFirst()
                        .orElse(line))
                .collect(Collectors.joining("\n"));
        return Files.writeString(runDir.resolve("server.properties"), text, StandardCharsets.UTF_8);
    }

    static void linkCertificates(Path runDir) throws IOException {
        Files.createSymbolicLink(runDir.resolve("certs"), SharedPki.folder());
    }

    static Map<String, Integer> freePorts() {
        return PORTS.stream().collect(Collectors.toMap(key -> key, key -> FreePort.next()));
    }

    Map<String, Integer> ports() {
        return Map.copyOf(ports);
    }

    ListedDirectory directory() {
        return directory;
    }

    int port(String key) {
        return ports.get(key);
    }

    /** From now on the mailbox is held by that professional. */
    void withHolder(String address, String nationalId) {
        Mailbox known = known(address);
        put(known, known.state(), Optional.of(Rpps.ofNationalId(nationalId)), known.language(), known.absence());
    }

    /** From now on nobody reads the mailbox on those days. */
    void withAbsence(String address, Absence absence) {
        Mailbox known = known(address);
        put(known, known.state(), known.holder(), known.language(), Optional.of(absence));
    }

    void withState(String address, MailboxState state) {
        Mailbox known = known(address);
        put(known, state, known.holder(), known.language(), known.absence());
    }

    /** From now on that is the language of those who read the mailbox. */
    void withLanguage(String address, String tag) {
        Mailbox known = known(address);
        put(known, known.state(), known.holder(), Optional.of(new Language(tag)), known.absence());
    }

    private Mailbox known(String address) {
        return directory.mailbox(MailAddress.parse(address)).found().orElseThrow();
    }

    private void put(
            Mailbox known,
            MailboxState state,
            Optional<Rpps> holder,
            Optional<Language> language,
            Optional<Absence> absence) {
        directory.with(new Mailbox(
                known.address(),
                known.type(),
                state,
                known.displayName(),
                holder,
                known.structure(),
                known.members(),
                known.certificateSubject(),
                known.certificateStructure(),
                known.signingPolicy(),
                known.dmpFiling(),
                language,
                absence,
                known.credentialsVersion()));
    }

    SmtpConversation mx(String certificate) throws IOException {
        return new SmtpConversation(ports.get("smtp.mx.port"), Optional.of(key(certificate)), anchors());
    }

    SmtpConversation mx() throws IOException {
        return new SmtpConversation(ports.get("smtp.mx.port"), Optional.empty(), anchors());
    }

    SmtpConversation submission() throws IOException {
        return new SmtpConversation(ports.get("smtp.submission.port"), Optional.empty(), anchors());
    }

    SmtpConversation submissions(String certificate) throws IOException {
        return new SmtpConversation(ports.get("smtp.submissions.port"), Optional.of(key(certificate)), anchors());
    }

    /** Logged in by password on the port with TLS from the first byte. */
    SmtpConversation loggedIn(String person) throws IOException {
        SmtpConversation smtp =
                new SmtpConversation(ports.get("smtp.submissions.port"), Optional.empty(), anchors()).tlsAtOnce();
        smtp.command("AUTH PLAIN " + SmtpConversation.plain("", person, PASSWORD));
        return smtp;
    }

    ImapConversation imap() throws IOException {
        return new ImapConversation(ports.get("imap.port"), Optional.empty(), anchors());
    }

    ImapConversation imaps() throws IOException {
        return new ImapConversation(ports.get("imaps.port"), Optional.empty(), anchors()).tlsAtOnce();
    }

    ImapConversation imaps(String certificate) throws IOException {
        return new ImapConversation(ports.get("imaps.port"), Optional.of(key(certificate)), anchors()).tlsAtOnce();
    }

    /** A connection to port 993, nothing read yet. */
    Socket imapsSocket() throws IOException {
        SSLSocket socket = (SSLSocket) TlsContexts.trusting(anchors())
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), ports.get("imaps.port"));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MILLIS);
        socket.startHandshake();
        return socket;
    }

    /** The whole first message of a mailbox, once it is there. */
    Optional<byte[]> firstMessage(String person) throws IOException {
        try (ImapConversation imap = imaps()) {
            imap.command("LOGIN \"" + person + "\" {" + PASSWORD.getBytes(StandardCharsets.UTF_8).length + "+}\r\n"
                    + PASSWORD);
            imap.command("SELECT INBOX");
            return imap.literal("FETCH 1 BODY.PEEK[]");
        }
    }

    List<TraceLine> trace(String event) throws IOException {
        return new TraceReader(runDir).find(line -> line.event().equals(event));
    }

    @Override
    public void close() {
        server.close();
    }

    private KeyMaterial key(String certificate) {
        return KeyMaterial.load(runDir.resolve("certs").resolve(certificate));
    }

    private List<X509Certificate> anchors() {
        return PemFiles.certificatesOfFolder(runDir.resolve("certs/anchors"));
    }

    private static ListedDirectory demonstration(Path runDir) {
        String laboSubject = KeyMaterial.load(runDir.resolve("certs/clients/" + LABO))
                .leaf()
                .getSubjectX500Principal()
                .getName(X500Principal.RFC2253);
        return new ListedDirectory()
                .with(mailbox(LABO, MailboxType.APP, List.of(), Optional.of(laboSubject), SigningPolicy.SIGN))
                .with(mailbox(DOCTOR, MailboxType.PER, List.of(), Optional.empty(), SigningPolicy.NONE))
                .with(mailbox(COLLEAGUE, MailboxType.PER, List.of(), Optional.empty(), SigningPolicy.NONE))
                .with(practice(SigningPolicy.NONE))
                .with(new Mailbox(
                        MailAddress.parse(SUSPENDED),
                        MailboxType.PER,
                        MailboxState.SUSPENDED,
                        SUSPENDED,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF))
                .withPassword(MailAddress.parse(DOCTOR), PASSWORD)
                .withPassword(MailAddress.parse(COLLEAGUE), PASSWORD);
    }

    /** The practice's mailbox, whose one member may read, write and send. */
    static Mailbox practice(SigningPolicy signing) {
        Set<MemberRight> all = Set.of(MemberRight.READ, MemberRight.WRITE, MemberRight.SEND);
        return mailbox(
                PRACTICE,
                MailboxType.ORG,
                List.of(new Member(MailAddress.parse(DOCTOR), all)),
                Optional.empty(),
                signing);
    }

    private static Mailbox mailbox(
            String address,
            MailboxType type,
            List<Member> members,
            Optional<String> certificateSubject,
            SigningPolicy signing) {
        return new Mailbox(
                MailAddress.parse(address),
                type,
                MailboxState.ACTIVE,
                address,
                Optional.empty(),
                certificateSubject.map(subject -> LABORATORY),
                members,
                certificateSubject,
                signing,
                address.equals(DOCTOR) ? DmpFiling.ON : DmpFiling.OFF);
    }
}
