package org.mssante.server.storage.delegation;

import org.apache.james.core.Username;
import org.apache.james.user.api.DelegationStore;
import org.apache.james.user.api.DelegationStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcDelegationStoreTest implements DelegationStoreContract {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private JdbcDelegationStore delegations;

    @BeforeEach
    void createStore() {
        delegations = new JdbcDelegationStore(DATABASE.database());
    }

    @Override
    public DelegationStore testee() {
        return delegations;
    }

    /** This store keeps names only: whether a user exists is the directory's to say. */
    @Override
    public void addUser(Username username) {}
}
