package org.mssante.server.storage;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * James' published contracts and our own rules of storage, once more, on PostgreSQL: each class runs on H2 by itself. Skipped
 * where PostgreSQL is not installed. What is about one of the two databases alone is left out.
 */
@Suite
@ConfigurationParameter(key = TestDatabase.ON_POSTGRESQL, value = "true")
@SelectPackages({
    "org.mssante.server.storage.content",
    "org.mssante.server.storage.delegation",
    "org.mssante.server.storage.mailbox",
    "org.mssante.server.storage.queue",
    "org.mssante.server.storage.quota",
    "org.mssante.server.storage.repository",
    "org.mssante.server.storage.search"
})
@SelectClasses(
        names = {
            "org.apache.james.events.JdbcEventDeadLettersTest",
            "org.apache.james.mailbox.store.search.JdbcMessageSearchTest"
        })
class StorageOnPostgreSqlTest {}
