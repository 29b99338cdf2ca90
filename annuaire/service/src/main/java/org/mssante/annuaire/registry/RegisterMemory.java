package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;

/**
 * What is remembered of the editions of the register: which of them our mailboxes were compared with, which structures
 * were ever in it, and how the last one publishes our addresses. Thread-safe.
 */
public final class RegisterMemory {
    private static final int MAX_LENGTH = 4_000;

    private final RegistryDatabase database;

    public RegisterMemory(RegistryDatabase database) {
        this.database = database;
    }

    /** The edition our mailboxes were compared with last. */
    public Optional<String> reviewed() {
        return database.read("the reviewed edition cannot be read", connection -> {
            Set<String> editions = texts(connection, "select edition from reviewed_edition");
            return editions.stream().findAny();
        });
    }

    /** @param edition in 64 characters at most */
    public void reviewed(String edition) {
        database.transaction("the reviewed edition cannot be written", connection -> {
            update(connection, "delete from reviewed_edition");
            update(connection, "insert into reviewed_edition (edition) values (?)", edition);
            return edition;
        });
    }

    /** Structures of our mailboxes that an edition has shown. */
    public Set<StructureId> knownStructures() {
        return database.read(
                "the known structures cannot be read",
                connection -> texts(connection, "select structure_id from known_structure").stream()
                        .map(StructureId::ofNationalId)
                        .collect(Collectors.toSet()));
    }

    /** @param structures that were not known before */
    public void know(Collection<StructureId> structures) {
        database.transaction("the known structures cannot be written", connection -> {
            for (StructureId structure : structures) {
                update(connection, "insert into known_structure (structure_id) values (?)", structure.nationalId());
            }
            return structures;
        });
    }

    /** In the order of addresses. */
    public List<Publication> publications() {
        return database.read("the published mailboxes cannot be read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select address, holders, structures from publication order by address");
                    ResultSet rows = select.executeQuery()) {
                List<Publication> publications = new ArrayList<>();
                while (rows.next()) {
                    publications.add(new Publication(
                            MailAddress.parse(rows.getString(1)), words(rows.getString(2)), words(rows.getString(3))));
                }
                return publications;
            }
        });
    }

    /** Takes the place of all that was remembered before. */
    public void published(Collection<Publication> publications) {
        database.transaction("the published mailboxes cannot be written", connection -> {
            update(connection, "delete from publication");
            for (Publication publication : publications) {
                update(
                        connection,
                        "insert into publication (address, holders, structures) values (?, ?, ?)",
                        publication.address().toString(),
                        text(publication.holders()),
                        text(publication.structures()));
            }
            return publications;
        });
    }

    /** Words with blanks between; as many as the column holds. */
    private static String text(Set<String> words) {
        StringBuilder text = new StringBuilder();
        for (String word : new TreeSet<>(words)) {
            if (text.length() + word.length() < MAX_LENGTH) {
                text.append(text.isEmpty() ? "" : " ").append(word);
            }
        }
        return text.toString();
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(text.split(" ", -1)));
    }

    private static Set<String> texts(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            Set<String> texts = new HashSet<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private static void update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
