package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.NamedStructures;
import org.mssante.core.id.StructureId;

/**
 * Whose client certificates are. A certificate opens mailboxes of one structure alone, the one it names (mssante.md §3.4, §5.3):
 * else an administrator could shut the mailboxes of another structure by giving his own the same certificate.
 */
final class CertificateOwners {
    private CertificateOwners() {}

    /**
     * @param mailbox as it stands in the table now
     * @throws InvalidRegistrationException where its certificate is another structure's
     */
    static void check(Connection connection, Mailbox mailbox) throws SQLException {
        Optional<X500Principal> subject = mailbox.certificateSubject().map(X500Principal::new);
        if (subject.isEmpty()) {
            return;
        }
        if (!mailbox.isOfStructureOf(subject.get())) {
            Set<StructureId> named = NamedStructures.in(subject.get());
            throw new InvalidRegistrationException("the certificate names the structure "
                    + named.stream().map(StructureId::nationalId).collect(Collectors.joining(", "))
                    + ", and certificateStructure does not say that it is the mailbox's");
        }
        if (isAnothers(connection, mailbox, subject.get())) {
            throw new InvalidRegistrationException("a mailbox of another structure logs in with this certificate");
        }
    }

    /** Whether what is said of the certificate differs. */
    static boolean differs(Mailbox before, Mailbox after) {
        return !before.certificateSubject().equals(after.certificateSubject())
                || !before.certificateStructure().equals(after.certificateStructure())
                || !before.structure().equals(after.structure());
    }

    /** Subjects are compared as the directory compares them. A purged mailbox lets nobody in ever again. */
    private static boolean isAnothers(Connection connection, Mailbox mailbox, X500Principal subject)
            throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select id from certificate_lock for update");
                ResultSet locked = lock.executeQuery()) {
            locked.next();
        }
        try (PreparedStatement select =
                connection.prepareStatement("select structure_id, certificate_subject from mailbox"
                        + " where certificate_subject is not null and state <> ? and address <> ?")) {
            select.setString(1, MailboxState.PURGED.name());
            select.setString(2, mailbox.address().toString());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Optional<StructureId> owner =
                            Optional.ofNullable(rows.getString(1)).map(StructureId::ofNationalId);
                    if (!owner.equals(mailbox.structure()) && new X500Principal(rows.getString(2)).equals(subject)) {
                        return true;
                    }
                }
                return false;
            }
        }
    }
}
