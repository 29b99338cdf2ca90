package org.mssante.server.storage.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The bytes of a mail on their way into the database, read once from wherever they come: a prefix (the header with the
 * blank line after it, at most {@value #MAX_PREFIX} octets) and the body with its hash. Above {@value #IN_MEMORY} octets
 * the body lies in a temporary file until this is closed. Splitting at the header is what lets one body be shared by
 * copies of a mail whose headers differ.
 */
public final class SpooledContent implements MailContent {
    static final int MAX_PREFIX = 64 * 1024;
    public static final int IN_MEMORY = 100 * 1024;

    private final byte[] prefix;
    private final byte[] inMemory;
    private final Optional<Path> file;
    private final long bodyOctets;
    private final byte[] hash;

    private SpooledContent(byte[] prefix, byte[] inMemory, Optional<Path> file, long bodyOctets, byte[] hash) {
        this.prefix = prefix;
        this.inMemory = inMemory;
        this.file = file;
        this.bodyOctets = bodyOctets;
        this.hash = hash;
    }

    /** Reads a mail to its end and closes it. */
    public static SpooledContent ofMail(InputStream mail) throws IOException {
        try (mail) {
            HeaderPrefix header = HeaderPrefix.read(mail, MAX_PREFIX);
            InputStream body = new SequenceInputStream(new ByteArrayInputStream(header.surplus()), mail);
            return spool(header.octets(), body);
        }
    }

    /** Reads bytes that have no header, such as an attachment, to their end and closes them. */
    public static SpooledContent ofBytes(InputStream bytes) throws IOException {
        try (bytes) {
            return spool(new byte[0], bytes);
        }
    }

    private static SpooledContent spool(byte[] prefix, InputStream body) throws IOException {
        MessageDigest sha256 = sha256();
        InputStream digested = new DigestInputStream(body, sha256);
        byte[] first = digested.readNBytes(IN_MEMORY + 1);
        if (first.length <= IN_MEMORY) {
            return new SpooledContent(prefix, first, Optional.empty(), first.length, sha256.digest());
        }
        Path file = Files.createTempFile("mail", ".body");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(first);
            long octets = first.length + digested.transferTo(out);
            return new SpooledContent(prefix, new byte[0], Optional.of(file), octets, sha256.digest());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public byte[] prefix() {
        return prefix.clone();
    }

    /** The whole mail. */
    public long octets() {
        return prefix.length + bodyOctets;
    }

    long bodyOctets() {
        return bodyOctets;
    }

    byte[] hash() {
        return hash.clone();
    }

    /** The whole mail, from its first octet, as often as asked. */
    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(prefix), openBody());
    }

    InputStream openBody() throws IOException {
        return file.isPresent() ? Files.newInputStream(file.get()) : new ByteArrayInputStream(inMemory);
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A temporary file of a mail could not be deleted", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
