package org.mssante.server.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mssante.core.settings.Settings;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.Dialect;

/**
 * Where the mail lies and how long its users wait for it. Keys of {@code server.properties}, with their defaults:
 *
 * <pre>
 * storage.url=jdbc:h2:file:${run}/server/data/mail      jdbc:postgresql://host/database for PostgreSQL 15 or newer
 * storage.user=mssante
 * storage.password.file=                                a file that holds the password; empty: no password
 * storage.pool.size=16                                  connections held open
 * storage.connection.timeout=PT10S                      how long a request waits for a connection
 * storage.statement.timeout=PT60S                       how long one statement may run, or wait for a lock
 * storage.sync=true                                     a commit is on the disk before it is answered
 * storage.queue.visibility.timeout=PT20M                a mail taken off a queue and not finished comes back after this
 * storage.content.grace=PT1H                            how long a body nobody refers to any more is kept
 * storage.search.text.max=250000                        characters of a message's text kept for searches
 * storage.events.retention=PT1H                         PostgreSQL: how long a node may be cut off and still hear of all
 * mailbox.quota.megabytes=0                             room of a mailbox that has no quota of its own; 0: no limit
 * mailbox.quota.messages=0                              messages in it; 0: no limit
 * </pre>
 *
 * @param visibilityTimeout after which a mail that was taken off a queue and not finished comes back
 * @param contentGrace how long a body nobody refers to any more is kept
 */
public record StorageConfiguration(
        Database.Settings database,
        Duration visibilityTimeout,
        Duration contentGrace,
        int searchTextLimit,
        Duration eventRetention,
        DefaultQuota quota) {
    private static final long MEGABYTE = 1_000_000;

    /** For mailboxes that have no quota of their own; zero where there is no limit. */
    public record DefaultQuota(long octets, long messages) {}

    public static StorageConfiguration from(Settings settings) {
        String url = settings.value("storage.url", StorageConfiguration::supported);
        Optional<Path> passwordFile = settings.optionalText("storage.password.file")
                .map(text -> settings.existingFile("storage.password.file"));
        return new StorageConfiguration(
                new Database.Settings(
                        url,
                        settings.text("storage.user"),
                        passwordFile.map(file -> password(settings, file)).orElse(""),
                        settings.number("storage.pool.size", 2, 1000),
                        settings.duration("storage.connection.timeout"),
                        settings.duration("storage.statement.timeout"),
                        settings.flag("storage.sync")),
                settings.duration("storage.queue.visibility.timeout"),
                settings.duration("storage.content.grace"),
                settings.number("storage.search.text.max", 0, 500_000),
                settings.duration("storage.events.retention"),
                new DefaultQuota(
                        settings.number("mailbox.quota.megabytes", 0, Integer.MAX_VALUE) * MEGABYTE,
                        settings.number("mailbox.quota.messages", 0, Integer.MAX_VALUE)));
    }

    /** The defaults above on another database: for tests and tools. */
    public static StorageConfiguration defaults(String url) {
        return new StorageConfiguration(
                new Database.Settings(
                        supported(url), "mssante", "", 16, Duration.ofSeconds(10), Duration.ofSeconds(60), true),
                Duration.ofMinutes(20),
                Duration.ofHours(1),
                250_000,
                Duration.ofHours(1),
                new DefaultQuota(0, 0));
    }

    private static String supported(String url) {
        Dialect.of(url);
        return url;
    }

    private static String password(Settings settings, Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw settings.wrong("storage.password.file", "names a file that cannot be read (" + e.getMessage() + ")");
        }
    }
}
