package org.mssante.core.tls;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** Tells one state of a file from another without reading it, for whoever reads it again once it changes. */
public final class FileStamp {
    private FileStamp() {}

    /**
     * Changes whenever the file is written, replaced or renamed over.
     *
     * @throws IOException where it is not there or cannot be looked at
     */
    public static String of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
    }

    /**
     * The files of a folder whose names match, in their order, each with its stamp.
     *
     * @param names a glob, e.g. {@code *.crl}
     */
    public static Map<Path, String> ofFolder(Path folder, String names) throws IOException {
        Map<Path, String> stamps = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            for (Path file : files) {
                stamps.put(file, of(file));
            }
        }
        return stamps;
    }
}
