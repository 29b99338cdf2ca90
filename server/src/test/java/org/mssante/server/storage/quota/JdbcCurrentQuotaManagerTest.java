package org.mssante.server.storage.quota;

import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.store.quota.CurrentQuotaManagerContract;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcCurrentQuotaManagerTest implements CurrentQuotaManagerContract {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    public CurrentQuotaManager testee() {
        return new JdbcCurrentQuotaManager(DATABASE.database());
    }
}
