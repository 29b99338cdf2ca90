package org.mssante.core.sql;

/** The URLs of H2 databases in a file. */
public final class EmbeddedUrl {
    private static final String FILE = "jdbc:h2:file:";
    private static final String ORDERED = "jdbc:h2:" + TornWriteFileSystem.SCHEME + ":";

    /**
     * A thread interrupted in a file channel closes the channel and with it the whole database; H2's asynchronous channel is
     * not closed.
     */
    private static final String ASYNC = ORDERED + "async:";

    private EmbeddedUrl() {}

    /** Whether the URL names an H2 database in a file, whose commits are on the disk only once somebody forces them there. */
    public static boolean isFile(String url) {
        return url.startsWith(FILE) || url.startsWith(ORDERED);
    }

    /**
     * The URL under which such a database is opened so that a power loss leaves each of its writes whole or without effect;
     * makes the file system for it known to H2. URLs of other databases are given back as they are.
     */
    public static String ordered(String url) {
        if (isFile(url)) {
            TornWriteFileSystem.register();
        }
        return url.startsWith(FILE) ? ASYNC + url.substring(FILE.length()) : url;
    }
}
