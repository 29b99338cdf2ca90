package org.mssante.server.storage.quota;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.james.core.Domain;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.util.ReactorUtils;
import org.mssante.server.storage.quota.QuotaLimits.Kind;
import org.mssante.server.storage.quota.QuotaLimits.Target;
import org.mssante.server.storage.sql.Database;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The limits of quota roots, of domains, and of all: the nearest one counts. */
public final class JdbcMaxQuotaManager implements MaxQuotaManager {
    private static final long UNLIMITED = -1;

    private final QuotaLimits limits;

    public JdbcMaxQuotaManager(Database database) {
        this.limits = new QuotaLimits(database);
    }

    @Override
    public Map<Quota.Scope, QuotaCountLimit> listMaxMessagesDetails(QuotaRoot quotaRoot) {
        return quotaDetails(quotaRoot).getMaxMessageDetails();
    }

    @Override
    public Map<Quota.Scope, QuotaSizeLimit> listMaxStorageDetails(QuotaRoot quotaRoot) {
        return quotaDetails(quotaRoot).getMaxStorageDetails();
    }

    /** Asked before each delivery and after it: one question, not one for each scope and kind. */
    @Override
    public QuotaDetails quotaDetails(QuotaRoot quotaRoot) {
        Map<Quota.Scope, Target> targets = new EnumMap<>(Quota.Scope.class);
        targets.put(Quota.Scope.User, Target.root(quotaRoot.getValue()));
        quotaRoot.getDomain().ifPresent(domain -> targets.put(Quota.Scope.Domain, Target.domain(domain.asString())));
        targets.put(Quota.Scope.Global, Target.GLOBAL);

        Map<Target, Map<Kind, Long>> found = limits.findAll(targets.values());
        Map<Quota.Scope, QuotaCountLimit> messages = new EnumMap<>(Quota.Scope.class);
        Map<Quota.Scope, QuotaSizeLimit> octets = new EnumMap<>(Quota.Scope.class);
        targets.forEach((scope, target) -> {
            Map<Kind, Long> amounts = found.getOrDefault(target, Map.of());
            Optional.ofNullable(amounts.get(Kind.MESSAGES)).ifPresent(amount -> messages.put(scope, count(amount)));
            Optional.ofNullable(amounts.get(Kind.OCTETS)).ifPresent(amount -> octets.put(scope, size(amount)));
        });
        return new QuotaDetails(messages, octets);
    }

    @Override
    public Publisher<QuotaDetails> quotaDetailsReactive(QuotaRoot quotaRoot) {
        return Mono.fromSupplier(() -> quotaDetails(quotaRoot)).subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER);
    }

    @Override
    public Optional<QuotaSizeLimit> getGlobalMaxStorage() {
        return octets(Target.GLOBAL);
    }

    @Override
    public Optional<QuotaCountLimit> getGlobalMaxMessage() {
        return messages(Target.GLOBAL);
    }

    @Override
    public Optional<QuotaCountLimit> getDomainMaxMessage(Domain domain) {
        return messages(Target.domain(domain.asString()));
    }

    @Override
    public Optional<QuotaSizeLimit> getDomainMaxStorage(Domain domain) {
        return octets(Target.domain(domain.asString()));
    }

    @Override
    public void setMaxStorage(QuotaRoot quotaRoot, QuotaSizeLimit limit) {
        set(Target.root(quotaRoot.getValue()), limit);
    }

    @Override
    public void setMaxMessage(QuotaRoot quotaRoot, QuotaCountLimit limit) {
        set(Target.root(quotaRoot.getValue()), limit);
    }

    @Override
    public void setGlobalMaxStorage(QuotaSizeLimit limit) {
        set(Target.GLOBAL, limit);
    }

    @Override
    public void setGlobalMaxMessage(QuotaCountLimit limit) {
        set(Target.GLOBAL, limit);
    }

    @Override
    public void setDomainMaxMessage(Domain domain, QuotaCountLimit limit) {
        set(Target.domain(domain.asString()), limit);
    }

    @Override
    public void setDomainMaxStorage(Domain domain, QuotaSizeLimit limit) {
        set(Target.domain(domain.asString()), limit);
    }

    @Override
    public void removeMaxMessage(QuotaRoot quotaRoot) {
        limits.remove(Target.root(quotaRoot.getValue()), Kind.MESSAGES);
    }

    @Override
    public void removeMaxStorage(QuotaRoot quotaRoot) {
        limits.remove(Target.root(quotaRoot.getValue()), Kind.OCTETS);
    }

    @Override
    public void removeGlobalMaxStorage() {
        limits.remove(Target.GLOBAL, Kind.OCTETS);
    }

    @Override
    public void removeGlobalMaxMessage() {
        limits.remove(Target.GLOBAL, Kind.MESSAGES);
    }

    @Override
    public void removeDomainMaxMessage(Domain domain) {
        limits.remove(Target.domain(domain.asString()), Kind.MESSAGES);
    }

    @Override
    public void removeDomainMaxStorage(Domain domain) {
        limits.remove(Target.domain(domain.asString()), Kind.OCTETS);
    }

    @Override
    public Publisher<Void> setMaxStorageReactive(QuotaRoot quotaRoot, QuotaSizeLimit limit) {
        return done(() -> setMaxStorage(quotaRoot, limit));
    }

    @Override
    public Publisher<Void> setMaxMessageReactive(QuotaRoot quotaRoot, QuotaCountLimit limit) {
        return done(() -> setMaxMessage(quotaRoot, limit));
    }

    @Override
    public Publisher<Void> removeMaxMessageReactive(QuotaRoot quotaRoot) {
        return done(() -> removeMaxMessage(quotaRoot));
    }

    @Override
    public Publisher<Void> removeMaxStorageReactive(QuotaRoot quotaRoot) {
        return done(() -> removeMaxStorage(quotaRoot));
    }

    @Override
    public Publisher<Void> setGlobalMaxStorageReactive(QuotaSizeLimit limit) {
        return done(() -> setGlobalMaxStorage(limit));
    }

    @Override
    public Publisher<Void> removeGlobalMaxStorageReactive() {
        return done(this::removeGlobalMaxStorage);
    }

    @Override
    public Publisher<Void> setGlobalMaxMessageReactive(QuotaCountLimit limit) {
        return done(() -> setGlobalMaxMessage(limit));
    }

    @Override
    public Publisher<Void> removeGlobalMaxMessageReactive() {
        return done(this::removeGlobalMaxMessage);
    }

    @Override
    public Publisher<QuotaSizeLimit> getGlobalMaxStorageReactive() {
        return found(this::getGlobalMaxStorage);
    }

    @Override
    public Publisher<QuotaCountLimit> getGlobalMaxMessageReactive() {
        return found(this::getGlobalMaxMessage);
    }

    @Override
    public Publisher<QuotaCountLimit> getDomainMaxMessageReactive(Domain domain) {
        return found(() -> getDomainMaxMessage(domain));
    }

    @Override
    public Publisher<Void> setDomainMaxMessageReactive(Domain domain, QuotaCountLimit limit) {
        return done(() -> setDomainMaxMessage(domain, limit));
    }

    @Override
    public Publisher<Void> removeDomainMaxMessageReactive(Domain domain) {
        return done(() -> removeDomainMaxMessage(domain));
    }

    @Override
    public Publisher<Void> setDomainMaxStorageReactive(Domain domain, QuotaSizeLimit limit) {
        return done(() -> setDomainMaxStorage(domain, limit));
    }

    @Override
    public Publisher<QuotaSizeLimit> getDomainMaxStorageReactive(Domain domain) {
        return found(() -> getDomainMaxStorage(domain));
    }

    @Override
    public Publisher<Void> removeDomainMaxStorageReactive(Domain domain) {
        return done(() -> removeDomainMaxStorage(domain));
    }

    private Optional<QuotaCountLimit> messages(Target target) {
        return limits.find(target, Kind.MESSAGES).map(JdbcMaxQuotaManager::count);
    }

    private Optional<QuotaSizeLimit> octets(Target target) {
        return limits.find(target, Kind.OCTETS).map(JdbcMaxQuotaManager::size);
    }

    private static QuotaCountLimit count(long amount) {
        return amount == UNLIMITED ? QuotaCountLimit.unlimited() : QuotaCountLimit.count(amount);
    }

    private static QuotaSizeLimit size(long amount) {
        return amount == UNLIMITED ? QuotaSizeLimit.unlimited() : QuotaSizeLimit.size(amount);
    }

    private void set(Target target, QuotaCountLimit limit) {
        limits.set(target, Kind.MESSAGES, limit.isLimited() ? limit.asLong() : UNLIMITED);
    }

    private void set(Target target, QuotaSizeLimit limit) {
        limits.set(target, Kind.OCTETS, limit.isLimited() ? limit.asLong() : UNLIMITED);
    }

    private static <T> Mono<T> found(Supplier<Optional<T>> work) {
        return Mono.fromSupplier(work)
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER)
                .flatMap(Mono::justOrEmpty);
    }

    private static Mono<Void> done(Runnable work) {
        return Mono.<Void>fromRunnable(work).subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER);
    }
}
