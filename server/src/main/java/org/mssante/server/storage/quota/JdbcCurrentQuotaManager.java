package org.mssante.server.storage.quota;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.mailbox.model.CurrentQuotas;
import org.apache.james.mailbox.model.QuotaOperation;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.util.ReactorUtils;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.SqlWork;
import reactor.core.publisher.Mono;

/**
 * What each quota root uses. The mailbox mappers change it with the messages, in one transaction; this class only answers,
 * and lets an operator's recomputation set it.
 */
public final class JdbcCurrentQuotaManager implements CurrentQuotaManager {
    private final Database database;

    public JdbcCurrentQuotaManager(Database database) {
        this.database = database;
    }

    @Override
    public Mono<QuotaCountUsage> getCurrentMessageCount(QuotaRoot quotaRoot) {
        return getCurrentQuotas(quotaRoot).map(CurrentQuotas::count);
    }

    @Override
    public Mono<QuotaSizeUsage> getCurrentStorage(QuotaRoot quotaRoot) {
        return getCurrentQuotas(quotaRoot).map(CurrentQuotas::size);
    }

    @Override
    public Mono<CurrentQuotas> getCurrentQuotas(QuotaRoot quotaRoot) {
        return Mono.fromCallable(() -> database.read(connection -> {
                    try (PreparedStatement select =
                            connection.prepareStatement("SELECT messages, octets FROM quota_usage WHERE root = ?")) {
                        select.setString(1, quotaRoot.getValue());
                        try (ResultSet row = select.executeQuery()) {
                            return row.next()
                                    ? new CurrentQuotas(
                                            QuotaCountUsage.count(row.getLong(1)), QuotaSizeUsage.size(row.getLong(2)))
                                    : CurrentQuotas.emptyQuotas();
                        }
                    }
                }))
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER);
    }

    @Override
    public Mono<Void> increase(QuotaOperation operation) {
        return change(connection -> {
            QuotaUsageTable.add(
                    connection,
                    operation.quotaRoot().getValue(),
                    operation.count().asLong(),
                    operation.size().asLong());
            return operation;
        });
    }

    @Override
    public Mono<Void> decrease(QuotaOperation operation) {
        return change(connection -> {
            QuotaUsageTable.add(
                    connection,
                    operation.quotaRoot().getValue(),
                    -operation.count().asLong(),
                    -operation.size().asLong());
            return operation;
        });
    }

    @Override
    public Mono<Void> setCurrentQuotas(QuotaOperation operation) {
        return change(connection -> {
            QuotaUsageTable.set(
                    connection,
                    operation.quotaRoot().getValue(),
                    operation.count().asLong(),
                    operation.size().asLong());
            return operation;
        });
    }

    private Mono<Void> change(SqlWork<QuotaOperation, RuntimeException> work) {
        return Mono.fromCallable(() -> database.transaction(work))
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER)
                .then();
    }
}
