package org.mssante.server.mailbox;

import java.util.Collections;
import java.util.Iterator;
import javax.inject.Inject;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** James' users are the active mailboxes of the annuaire. They are managed there: every change is refused here. */
public final class DirectoryUsers implements UsersRepository {
    private final Mailboxes mailboxes;

    @Inject
    public DirectoryUsers(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    public boolean contains(Username name) throws UsersRepositoryException {
        var address = JamesNames.address(name);
        if (address.isEmpty()) {
            return false;
        }
        MailboxDecision decision = mailboxes.recipient(address.get());
        if (decision instanceof MailboxDecision.RetryLater later) {
            throw new UsersRepositoryException("the directory does not answer: " + later.detail());
        }
        return decision instanceof MailboxDecision.Accepted;
    }

    @Override
    public Publisher<Boolean> containsReactive(Username name) {
        return Mono.fromCallable(() -> contains(name)).subscribeOn(Schedulers.boundedElastic());
    }

    /** Passwords are checked where failures are counted and traced, and nowhere else. */
    @Override
    public boolean test(Username name, String password) throws UsersRepositoryException {
        throw new UsersRepositoryException("passwords are checked at the log-in alone");
    }

    /** James asks for the whole user only to administer him. */
    @Override
    public User getUserByName(Username name) throws UsersRepositoryException {
        throw managedElsewhere();
    }

    @Override
    public MailAddress getMailAddressFor(Username username) throws UsersRepositoryException {
        try {
            return new MailAddress(username.asString());
        } catch (AddressException e) {
            throw new UsersRepositoryException("the account's name is no address", e);
        }
    }

    @Override
    public boolean supportVirtualHosting() {
        return true;
    }

    /** Nobody administers anything through James. */
    @Override
    public boolean isAdministrator(Username username) {
        return false;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    /** The annuaire is asked about one mailbox at a time; James lists users for administration only. */
    @Override
    public Iterator<Username> list() {
        return Collections.emptyIterator();
    }

    @Override
    public Publisher<Username> listReactive() {
        return Flux.empty();
    }

    @Override
    public int countUsers() {
        return 0;
    }

    @Override
    public void addUser(Username username, String password) throws UsersRepositoryException {
        throw managedElsewhere();
    }

    @Override
    public void updateUser(User user) throws UsersRepositoryException {
        throw managedElsewhere();
    }

    @Override
    public void removeUser(Username name) throws UsersRepositoryException {
        throw managedElsewhere();
    }

    private static UsersRepositoryException managedElsewhere() {
        return new UsersRepositoryException("mailboxes are managed in the annuaire");
    }
}
