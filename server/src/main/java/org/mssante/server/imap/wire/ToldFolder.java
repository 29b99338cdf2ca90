package org.mssante.server.imap.wire;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import javax.mail.Flags;
import org.apache.james.events.EventListener;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.NullableMessageSequenceNumber;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import reactor.core.publisher.Mono;

/**
 * The folder that a client has selected, and what he has been told of it (RFC 3501 §7.3, §7.4). James 3.8.1 asks what there is to
 * tell, tells it, and then ticks off all that has happened until then: a message that comes in between is not told before the
 * next one comes. Here only what was told is ticked off. What James knows he changes under his own monitor; so is it taken here.
 * Thread-safe.
 */
final class ToldFolder implements SelectedMailbox {
    private final SelectedMailbox james;
    /** The messages the client knows of; empty until the first time he is told how many there are. */
    private OptionalLong known = OptionalLong.empty();

    private boolean grown;
    private boolean deleted;
    private boolean newFlags;
    private final Set<MessageUid> changed = new HashSet<>();
    private final Set<MessageUid> gone = new HashSet<>();
    private Set<MessageUid> goneTold = Set.of();

    ToldFolder(SelectedMailbox james) {
        this.james = james;
    }

    /** Whoever asks tells the client the number of messages. */
    @Override
    public boolean isSizeChanged() {
        synchronized (james) {
            long now = james.existsCount();
            boolean told = known.isPresent() ? known.getAsLong() == now : !grown && !james.isSizeChanged();
            known = OptionalLong.of(now);
            return !told;
        }
    }

    /** Those whose flags have changed; the next {@link #resetEvents} ticks off these alone. */
    @Override
    public Collection<MessageUid> flagUpdateUids() {
        synchronized (james) {
            changed.addAll(james.flagUpdateUids());
            grown |= james.isSizeChanged();
            deleted |= james.isDeletedByOtherSession();
            newFlags |= james.hasNewApplicableFlags();
            james.resetEvents();
            return Set.copyOf(changed);
        }
    }

    @Override
    public void resetEvents() {
        synchronized (james) {
            changed.clear();
            newFlags = false;
        }
    }

    /** Those that are no more and that the client knows of; the next {@link #resetExpungedUids} ticks off these alone. */
    @Override
    public Collection<MessageUid> expungedUids() {
        synchronized (james) {
            gone.addAll(james.expungedUids());
            goneTold = new HashSet<>(gone);
            goneTold.removeIf(uid -> !isKnown(uid));
            return new TreeSet<>(goneTold);
        }
    }

    @Override
    public void resetExpungedUids() {
        synchronized (james) {
            gone.addAll(james.expungedUids());
            james.resetExpungedUids();
            gone.removeAll(goneTold);
        }
    }

    /** Takes a message's number away as the client is told that it is no more. */
    @Override
    public NullableMessageSequenceNumber remove(MessageUid uid) {
        synchronized (james) {
            long before = james.existsCount();
            NullableMessageSequenceNumber number = james.remove(uid);
            if (known.isPresent()) {
                known = OptionalLong.of(known.getAsLong() - (before - james.existsCount()));
            }
            return number;
        }
    }

    @Override
    public boolean isDeletedByOtherSession() {
        synchronized (james) {
            return deleted || james.isDeletedByOtherSession();
        }
    }

    @Override
    public boolean hasNewApplicableFlags() {
        synchronized (james) {
            return newFlags || james.hasNewApplicableFlags();
        }
    }

    @Override
    public void resetNewApplicableFlags() {
        synchronized (james) {
            newFlags = false;
            james.resetNewApplicableFlags();
        }
    }

    private boolean isKnown(MessageUid uid) {
        return james.msn(uid).asInt().stream().allMatch(number -> known.isEmpty() || number <= known.getAsLong());
    }

    @Override
    public Mono<Void> deselect() {
        return james.deselect();
    }

    @Override
    public void registerIdle(EventListener.ReactiveEventListener idle) {
        james.registerIdle(idle);
    }

    @Override
    public void unregisterIdle() {
        james.unregisterIdle();
    }

    @Override
    public NullableMessageSequenceNumber msn(MessageUid uid) {
        return james.msn(uid);
    }

    @Override
    public Optional<MessageUid> uid(int number) {
        return james.uid(number);
    }

    @Override
    public Optional<MessageUid> getFirstUid() {
        return james.getFirstUid();
    }

    @Override
    public Optional<MessageUid> getLastUid() {
        return james.getLastUid();
    }

    @Override
    public long existsCount() {
        return james.existsCount();
    }

    @Override
    public boolean addRecent(MessageUid uid) {
        return james.addRecent(uid);
    }

    @Override
    public boolean removeRecent(MessageUid uid) {
        return james.removeRecent(uid);
    }

    @Override
    public Collection<MessageUid> getRecent() {
        return james.getRecent();
    }

    @Override
    public int recentCount() {
        return james.recentCount();
    }

    @Override
    public boolean isRecent(MessageUid uid) {
        return james.isRecent(uid);
    }

    @Override
    public boolean isRecentUidRemoved() {
        return james.isRecentUidRemoved();
    }

    @Override
    public void resetRecentUidRemoved() {
        james.resetRecentUidRemoved();
    }

    @Override
    public Mono<MailboxPath> getPathReactive() {
        return james.getPathReactive();
    }

    @Override
    public MailboxId getMailboxId() {
        return james.getMailboxId();
    }

    @Override
    public MessageManager getMessageManager() {
        return james.getMessageManager();
    }

    @Override
    public Flags getApplicableFlags() {
        return james.getApplicableFlags();
    }
}
