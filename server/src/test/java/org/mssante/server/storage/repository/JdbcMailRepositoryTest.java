package org.mssante.server.storage.repository;

import org.apache.james.mailrepository.MailRepositoryContract;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcMailRepositoryTest implements MailRepositoryContract {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    public MailRepository retrieveRepository() {
        return repository("quarantine");
    }

    @Override
    public MailRepository retrieveRepository(MailRepositoryPath path) {
        return repository(path.asString());
    }

    private static MailRepository repository(String name) {
        return new JdbcMailRepository(name, DATABASE.database(), DATABASE.mails());
    }
}
