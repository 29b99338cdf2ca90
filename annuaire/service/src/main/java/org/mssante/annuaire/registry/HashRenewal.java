package org.mssante.annuaire.registry;

import java.sql.PreparedStatement;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the hash of a password at the cost of today in the place of a cheaper one. The password stays what it is. */
final class HashRenewal {
    private static final Logger LOGGER = LoggerFactory.getLogger(HashRenewal.class);

    private final RegistryDatabase database;

    HashRenewal(RegistryDatabase database) {
        this.database = database;
    }

    /**
     * Not where the password has changed since. That it cannot be done keeps nobody from his mail.
     *
     * @param table with the columns address and hash
     * @param before the hash the password matched
     */
    void renew(String table, MailAddress address, String before, String hash) {
        try {
            database.transaction("a hash cannot be renewed", connection -> {
                try (PreparedStatement update = connection.prepareStatement(
                        "update " + table + " set hash = ? where address = ? and hash = ?")) {
                    update.setString(1, hash);
                    update.setString(2, address.toString());
                    update.setString(3, before);
                    return update.executeUpdate();
                }
            });
        } catch (RegistryException e) {
            LOGGER.warn("the hash of a password is not renewed: {}", FailureTrail.of(e));
        }
    }
}
