package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.Absence;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Language;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/** Registrations to and from the tables {@code mailbox} and {@code mailbox_member}. */
final class MailboxRows {
    private static final String COLUMNS = "address, type, state, display_name, holder_rpps, structure_id, unlisted,"
            + " dmp_filing, dmp_filing_asks, signing_policy, certificate_subject, description, service, responsible,"
            + " absent_from, absent_until, absence_text, credentials_version, certificate_structure, preferred, held, language";

    private MailboxRows() {}

    static Optional<Registration> find(Connection connection, MailAddress address) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from mailbox where address = ?")) {
            select.setString(1, address.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(registration(connection, row)) : Optional.empty();
            }
        }
    }

    /** The same, and nobody else changes it before the end of the transaction. */
    static Optional<Registration> lock(Connection connection, MailAddress address) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select address from mailbox where address = ? for update")) {
            lock.setString(1, address.toString());
            try (ResultSet row = lock.executeQuery()) {
                return row.next() ? find(connection, address) : Optional.empty();
            }
        }
    }

    /** The wanted mailboxes behind an address in the order of addresses, at most {@code count}. */
    static List<Registration> page(Connection connection, Selection wanted, String after, int count)
            throws SQLException {
        Selection.Condition condition = wanted.condition();
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from mailbox where address > ?" + condition.sql() + " order by address fetch first ? rows only")) {
            select.setString(1, after);
            int next = 2;
            for (String value : condition.values()) {
                select.setString(next, value);
                next++;
            }
            select.setInt(next, count);
            try (ResultSet rows = select.executeQuery()) {
                List<Registration> page = new ArrayList<>();
                while (rows.next()) {
                    page.add(registration(connection, rows));
                }
                return page;
            }
        }
    }

    /** The mailboxes that person is a member of, in the order of addresses. */
    static List<MailAddress> sharedWith(Connection connection, MailAddress person) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select address from mailbox_member where person = ? order by address")) {
            select.setString(1, person.toString());
            try (ResultSet rows = select.executeQuery()) {
                List<MailAddress> shared = new ArrayList<>();
                while (rows.next()) {
                    shared.add(MailAddress.parse(rows.getString(1)));
                }
                return shared;
            }
        }
    }

    /** The active mailboxes that a certificate of that subject opens; subjects are compared as the directory compares them. */
    static List<MailAddress> openedBy(Connection connection, X500Principal subject) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select address, certificate_subject from mailbox"
                + " where certificate_subject is not null and state = ? order by address")) {
            select.setString(1, MailboxState.ACTIVE.name());
            try (ResultSet rows = select.executeQuery()) {
                List<MailAddress> opened = new ArrayList<>();
                while (rows.next()) {
                    MailAddress address = MailAddress.parse(rows.getString(1));
                    if (new X500Principal(rows.getString(2)).equals(subject)
                            && find(connection, address)
                                    .filter(found -> found.mailbox().opensTo(subject))
                                    .isPresent()) {
                        opened.add(address);
                    }
                }
                return opened;
            }
        }
    }

    /** Whether a structure has a mailbox in a domain, in whatever state. */
    static boolean isIn(Connection connection, StructureId structure, MailDomain domain) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select address from mailbox where structure_id = ?")) {
            select.setString(1, structure.nationalId());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (MailAddress.parse(rows.getString(1)).domain().equals(domain)) {
                        return true;
                    }
                }
                return false;
            }
        }
    }

    /** Whether a professional has an active mailbox of type PER beside that one. */
    static boolean hasOther(Connection connection, Rpps holder, MailAddress address) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from mailbox where holder_rpps = ?"
                + " and address <> ? and type = ? and state = ? fetch first row only")) {
            select.setString(1, holder.value());
            select.setString(2, address.toString());
            select.setString(3, MailboxType.PER.name());
            select.setString(4, MailboxState.ACTIVE.name());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    static void insert(Connection connection, Registration registration) throws SQLException {
        Mailbox mailbox = registration.mailbox();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into mailbox (state, display_name, holder_rpps, structure_id, unlisted, dmp_filing,"
                        + " dmp_filing_asks, signing_policy, certificate_subject, description, service, responsible, absent_from,"
                        + " absent_until, absence_text, certificate_structure, preferred, held, language, type, address)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            int next = setProperties(insert, registration);
            insert.setString(next, mailbox.type().name());
            insert.setString(next + 1, mailbox.address().toString());
            insert.executeUpdate();
        }
        insertMembers(connection, mailbox);
    }

    /** Address and type are immutable (mssante.md §5.2): no statement writes them again. */
    static void update(Connection connection, Registration registration) throws SQLException {
        Mailbox mailbox = registration.mailbox();
        try (PreparedStatement update = connection.prepareStatement(
                "update mailbox set state = ?, display_name = ?, holder_rpps = ?, structure_id = ?, unlisted = ?,"
                        + " dmp_filing = ?, dmp_filing_asks = ?, signing_policy = ?, certificate_subject = ?, description = ?, service = ?,"
                        + " responsible = ?, absent_from = ?, absent_until = ?, absence_text = ?, certificate_structure = ?, preferred = ?, held = ?, language = ? where address = ?")) {
            int next = setProperties(update, registration);
            update.setString(next, mailbox.address().toString());
            update.executeUpdate();
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from mailbox_member where address = ?")) {
            delete.setString(1, mailbox.address().toString());
            delete.executeUpdate();
        }
        insertMembers(connection, mailbox);
    }

    private static int setProperties(PreparedStatement statement, Registration registration) throws SQLException {
        Mailbox mailbox = registration.mailbox();
        statement.setString(1, mailbox.state().name());
        statement.setString(2, mailbox.displayName());
        statement.setString(3, mailbox.holder().map(Rpps::value).orElse(null));
        statement.setString(4, mailbox.structure().map(StructureId::nationalId).orElse(null));
        statement.setBoolean(5, registration.unlisted());
        statement.setBoolean(6, mailbox.dmpFiling().isWanted());
        statement.setBoolean(7, mailbox.dmpFiling() == DmpFiling.ASK);
        statement.setString(8, mailbox.signingPolicy().name());
        statement.setString(9, mailbox.certificateSubject().orElse(null));
        statement.setString(10, registration.description().orElse(null));
        statement.setString(11, registration.service().orElse(null));
        statement.setString(12, registration.responsible().orElse(null));
        statement.setObject(13, mailbox.absence().map(Absence::from).orElse(null));
        statement.setObject(14, mailbox.absence().map(Absence::until).orElse(null));
        statement.setString(15, mailbox.absence().map(Absence::text).orElse(null));
        statement.setString(
                16, mailbox.certificateStructure().map(StructureId::nationalId).orElse(null));
        statement.setObject(17, registration.preferred().orElse(null));
        statement.setBoolean(18, registration.held());
        statement.setString(19, mailbox.language().map(Language::tag).orElse(null));
        return 20;
    }

    private static void insertMembers(Connection connection, Mailbox mailbox) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into mailbox_member (address, person, rights) values (?, ?, ?)")) {
            for (Member member : mailbox.members()) {
                insert.setString(1, mailbox.address().toString());
                insert.setString(2, member.person().toString());
                insert.setString(3, MailboxProperties.rights(member));
                insert.executeUpdate();
            }
        }
    }

    private static Registration registration(Connection connection, ResultSet row) throws SQLException {
        MailAddress address = MailAddress.parse(row.getString("address"));
        Mailbox mailbox = new Mailbox(
                address,
                MailboxType.valueOf(row.getString("type")),
                MailboxState.valueOf(row.getString("state")),
                row.getString("display_name"),
                optional(row, "holder_rpps").map(Rpps::new),
                optional(row, "structure_id").map(StructureId::ofNationalId),
                members(connection, address),
                optional(row, "certificate_subject"),
                optional(row, "certificate_structure").map(StructureId::ofNationalId),
                SigningPolicy.valueOf(row.getString("signing_policy")),
                filing(row),
                optional(row, "language").map(Language::new),
                absence(row),
                row.getLong("credentials_version"));
        return new Registration(
                mailbox,
                row.getBoolean("unlisted"),
                optional(row, "description"),
                optional(row, "service"),
                optional(row, "responsible"),
                Optional.ofNullable(row.getObject("preferred", Integer.class)),
                row.getBoolean("held"));
    }

    private static DmpFiling filing(ResultSet row) throws SQLException {
        if (!row.getBoolean("dmp_filing")) {
            return DmpFiling.OFF;
        }
        return row.getBoolean("dmp_filing_asks") ? DmpFiling.ASK : DmpFiling.ON;
    }

    private static List<Member> members(Connection connection, MailAddress address) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select person, rights from mailbox_member where address = ? order by person")) {
            select.setString(1, address.toString());
            try (ResultSet rows = select.executeQuery()) {
                List<Member> members = new ArrayList<>();
                while (rows.next()) {
                    Set<MemberRight> rights = Arrays.stream(
                                    rows.getString("rights").split(",", -1))
                            .map(MemberRight::valueOf)
                            .collect(Collectors.toSet());
                    members.add(new Member(MailAddress.parse(rows.getString("person")), rights));
                }
                return members;
            }
        }
    }

    private static Optional<Absence> absence(ResultSet row) throws SQLException {
        Optional<String> text = optional(row, "absence_text");
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new Absence(
                        row.getObject("absent_from", LocalDate.class),
                        row.getObject("absent_until", LocalDate.class),
                        text.get()));
    }

    private static Optional<String> optional(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
