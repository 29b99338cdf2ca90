package org.mssante.server.storage.quota;

import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.store.quota.GenericMaxQuotaManagerTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcMaxQuotaManagerTest extends GenericMaxQuotaManagerTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected MaxQuotaManager provideMaxQuotaManager() {
        return new JdbcMaxQuotaManager(DATABASE.database());
    }
}
