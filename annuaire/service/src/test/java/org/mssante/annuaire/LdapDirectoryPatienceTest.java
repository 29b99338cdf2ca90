package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.annuaire.api.LdapDirectoryConfiguration;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.PasswordVerdict;
import org.mssante.certs.SharedPki;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.TlsContexts;

/** The client before a directory that is slow or has no time: it waits so long and no longer, and sends no password twice. */
final class LdapDirectoryPatienceTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Between two entries: each read alone is in time. */
    private static final Duration DRIP = Duration.ofMillis(300);

    private static final int DRIPS = 20;

    @TempDir
    Path folder;

    private final AtomicInteger passwords = new AtomicInteger();
    private final AtomicInteger searches = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile ResultCode answer = ResultCode.SUCCESS;
    private volatile boolean silent;
    private LDAPListener listener;
    private LdapDirectory directory;

    @BeforeEach
    void start() throws IOException {
        LDAPListenerConfig config = new LDAPListenerConfig(0, new Slow(Optional.empty()));
        KeyMaterial key = KeyMaterial.load(SharedPki.folder().resolve("annuaire"));
        config.setServerSocketFactory(TlsContexts.mutual(key, key.chain()).getServerSocketFactory());
        listener = new LDAPListener(config);
        listener.startListening();
        Path secret = Files.writeString(folder.resolve("secret"), "secret of the service");
        directory = LdapDirectory.open(new LdapDirectoryConfiguration(
                "localhost",
                listener.getListenPort(),
                LdapNames.serviceDn("server"),
                secret,
                SharedPki.folder().resolve("anchors"),
                Duration.ofSeconds(10),
                PATIENCE,
                4));
    }

    @AfterEach
    void stop() {
        end.countDown();
        directory.close();
        listener.shutDown(true);
    }

    @Test
    void sendsAPasswordOnceWhereTheDirectoryHasNoTimeForIt() {
        answer = ResultCode.BUSY;
        assertThat(directory.checkPassword(PERSON, "once")).isEqualTo(PasswordVerdict.Denied.TOO_SOON);
        assertThat(passwords).hasValue(1);

        answer = ResultCode.UNAVAILABLE;
        assertThat(directory.checkPassword(PERSON, "once")).isEqualTo(PasswordVerdict.Denied.UNAVAILABLE);
        assertThat(passwords).hasValue(2);
    }

    @Test
    void sendsAPasswordOnceWhereItIsNotAnsweredInTime() {
        silent = true;

        assertThat(directory.checkPassword(PERSON, "once")).isEqualTo(PasswordVerdict.Denied.UNAVAILABLE);
        assertThat(passwords).hasValue(1);

        silent = false;
        assertThat(directory.checkPassword(PERSON, "again")).isInstanceOf(PasswordVerdict.Accepted.class);
        assertThat(passwords).hasValue(2);
    }

    @Test
    void waitsForTheWholeOfAnAnswerNoLongerThanForItsFirstPart() {
        long start = System.nanoTime();
        Lookup<List<Mailbox>> mailboxes = directory.mailboxesOfCertificate("CN=anybody");
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(mailboxes).isInstanceOf(Lookup.Unavailable.class);
        assertThat(searches).as("asked once").hasValue(1);
        assertThat(taken).isLessThan(DRIP.multipliedBy(DRIPS).dividedBy(2));
    }

    /** Takes any name, and gives one entry after the other, in no hurry. */
    private final class Slow extends LDAPListenerRequestHandler {
        private final Optional<LDAPListenerClientConnection> connection;

        Slow(Optional<LDAPListenerClientConnection> connection) {
            this.connection = connection;
        }

        @Override
        public Slow newInstance(LDAPListenerClientConnection newConnection) {
            return new Slow(Optional.of(newConnection));
        }

        @Override
        public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
            boolean person = request.getBindDN().contains(PERSON.toString());
            if (person) {
                passwords.incrementAndGet();
            }
            if (person && silent) {
                pause(PATIENCE.multipliedBy(4));
            }
            return new LDAPMessage(id, new BindResponseProtocolOp(result(person ? answer : ResultCode.SUCCESS)));
        }

        @Override
        public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
            if (!request.getBaseDN().isEmpty()) {
                searches.incrementAndGet();
                drip(id);
            }
            return new LDAPMessage(id, new SearchResultDoneProtocolOp(result(ResultCode.SUCCESS)));
        }

        @Override
        public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException();
        }

        private void drip(int id) {
            try {
                for (int i = 0; i < DRIPS; i++) {
                    connection.orElseThrow().sendSearchResultEntry(id, new Entry("mail=x" + i + "," + LdapNames.BASE));
                    pause(DRIP);
                }
            } catch (LDAPException e) {
                // who asked has given up
                end.countDown();
            }
        }

        private void pause(Duration time) {
            try {
                boolean unused = end.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private LDAPResult result(ResultCode code) {
            return new LDAPResult(-1, code, null, null, List.of(), List.of());
        }
    }
}
