package org.mssante.dmp.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.mssante.dmp.xds.metadata.Hash;

/** The bytes of the documents, in parts. They never change once committed. */
public final class ContentTable {
    private static final int PART = 262_144;

    private ContentTable() {}

    /** What was written: SHA-1 and octets, counted while the bytes went through. */
    public record Written(Hash hash, long size) {}

    /** Writes the bytes; ends early once more than {@code maxOctets} were written, which the size then shows. */
    public static Written write(Connection connection, String entryUuid, InputStream content, long maxOctets)
            throws SQLException, IOException {
        MessageDigest digest = Hash.sha1Digest();
        long size = 0;
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into document_content (entry_uuid, part, bytes) values (?, ?, ?)")) {
            byte[] bytes = content.readNBytes(PART);
            for (int part = 0; bytes.length > 0 && size <= maxOctets; part++) {
                digest.update(bytes);
                size += bytes.length;
                insert.setString(1, entryUuid);
                insert.setInt(2, part);
                insert.setBytes(3, bytes);
                insert.executeUpdate();
                bytes = content.readNBytes(PART);
            }
        }
        return new Written(Hash.of(digest), size);
    }

    /** The SHA-1 of bytes that are not written. */
    public static Hash hash(InputStream content) throws IOException {
        MessageDigest digest = Hash.sha1Digest();
        for (byte[] bytes = content.readNBytes(PART); bytes.length > 0; bytes = content.readNBytes(PART)) {
            digest.update(bytes);
        }
        return Hash.of(digest);
    }

    /** The bytes as a stream that reads a part at a time, each in a transaction of its own. */
    public static InputStream read(StoreDatabase database, String entryUuid) {
        return new PartsInputStream(part -> database.read(connection -> part(connection, entryUuid, part)));
    }

    /** One part; empty behind the last. */
    private static byte[] part(Connection connection, String entryUuid, int part) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select bytes from document_content where entry_uuid = ? and part = ?")) {
            select.setString(1, entryUuid);
            select.setInt(2, part);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : new byte[0];
            }
        }
    }
}
