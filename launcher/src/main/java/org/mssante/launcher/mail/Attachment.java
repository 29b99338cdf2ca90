package org.mssante.launcher.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.mssante.launcher.CommandFailure;

/** A file that goes with a message, byte for byte. */
public final class Attachment {
    private final String name;
    private final String contentType;
    private final byte[] content;

    public Attachment(String name, String contentType, byte[] content) {
        this.name = name;
        this.contentType = contentType;
        this.content = content.clone();
    }

    public static Attachment read(Path file) {
        try {
            String name = file.getFileName().toString();
            return new Attachment(name, contentType(name), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandFailure("The file " + file + " cannot be read: correct its path.", e);
        }
    }

    /** By the end of the name: what the exchange of documents by MSSanté uses, else unknown bytes. */
    public static String contentType(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".xml")) {
            return "text/xml";
        }
        if (lower.endsWith(".zip")) {
            return "application/zip";
        }
        return lower.endsWith(".pdf") ? "application/pdf" : "application/octet-stream";
    }

    public String name() {
        return name;
    }

    public String contentType() {
        return contentType;
    }

    public byte[] content() {
        return content.clone();
    }
}
