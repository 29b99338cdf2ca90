package org.mssante.server.imap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Arrays;
import java.util.List;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.base.SelectedMailboxImpl;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSessionUtil;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.TestId;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** News that come in between a question and the moment when its answer is ticked off, asked in James' order over James' own folder. */
class ToldFolderTest {
    private static final TestId INBOX = TestId.of(1);
    private static final MessageUid FIRST = MessageUid.of(1);
    private static final MessageUid SECOND = MessageUid.of(2);
    private static final MessageUid THIRD = MessageUid.of(3);
    private static final MessageUid FOURTH = MessageUid.of(4);

    private SelectedMailboxImpl james;
    private ToldFolder folder;

    @BeforeEach
    void selectInboxWithTwoMessages() throws MailboxException {
        MailboxSession login = MailboxSessionUtil.create(Username.of("dr.test@demo.medecin.mssante.fr"));
        ImapSession session = mock(ImapSession.class);
        MessageManager inbox = mock(MessageManager.class);
        EventBus events = mock(EventBus.class);
        when(session.getMailboxSession()).thenReturn(login);
        when(inbox.getId()).thenReturn(INBOX);
        when(inbox.getApplicableFlagsReactive(any())).thenReturn(Mono.just(new Flags()));
        when(inbox.search(any(), any())).thenReturn(Flux.just(FIRST, SECOND));
        when(events.register(any(EventListener.ReactiveEventListener.class), any(RegistrationKey.class)))
                .thenReturn(Mono.just(mock(Registration.class)));
        james = new SelectedMailboxImpl(mock(MailboxManager.class), events, session, inbox);
        folder = new ToldFolder(james);
        when(session.getSelected()).thenReturn(folder);
        james.finishInit().block();
        tellAll();
    }

    @Test
    void messageThatComesWhileAnotherIsToldIsToldNext() {
        added(THIRD);
        folder.flagUpdateUids();
        assertThat(folder.isSizeChanged()).isTrue();
        added(FOURTH);
        folder.resetEvents();
        folder.flagUpdateUids();
        assertThat(folder.isSizeChanged()).isTrue();
        folder.resetEvents();
        folder.flagUpdateUids();
        assertThat(folder.isSizeChanged()).isFalse();
    }

    @Test
    void messageThatComesBeforeTheFirstQuestionIsTold() {
        folder = new ToldFolder(james);
        added(THIRD);
        folder.flagUpdateUids();
        assertThat(folder.isSizeChanged()).isTrue();
    }

    @Test
    void expungedMessageIsNoChangeOfTheSizeToTellBesides() {
        expunged(FIRST);
        folder.flagUpdateUids();
        assertThat(folder.isSizeChanged()).isFalse();
        assertThat(folder.expungedUids()).containsExactly(FIRST);
        assertThat(folder.remove(FIRST).asInt()).contains(1);
        folder.resetExpungedUids();
        folder.resetEvents();
        assertThat(folder.isSizeChanged()).isFalse();
        assertThat(folder.expungedUids()).isEmpty();
    }

    @Test
    void messageThatGoesWhileAnotherIsToldToBeGoneIsToldNext() {
        expunged(FIRST);
        assertThat(folder.expungedUids()).containsExactly(FIRST);
        folder.remove(FIRST);
        expunged(SECOND);
        folder.resetExpungedUids();
        assertThat(folder.expungedUids()).containsExactly(SECOND);
    }

    @Test
    void messageTheClientWasNeverToldOfIsNotToldToBeGone() {
        added(THIRD);
        expunged(THIRD);
        assertThat(folder.expungedUids()).isEmpty();
        folder.resetExpungedUids();
        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.expungedUids()).containsExactly(THIRD);
        folder.remove(THIRD);
        folder.resetExpungedUids();
        assertThat(folder.isSizeChanged()).isFalse();
    }

    @Test
    void flagsSetWhileThoseOfTheSameMessageAreToldAreToldNext() {
        flagged(FIRST);
        assertThat(folder.flagUpdateUids()).containsExactly(FIRST);
        flagged(FIRST);
        folder.resetEvents();
        assertThat(folder.flagUpdateUids()).containsExactly(FIRST);
        folder.resetEvents();
        assertThat(folder.flagUpdateUids()).isEmpty();
    }

    @Test
    void flagsOfAnAnswerThatWasNotGivenAreToldNext() {
        flagged(FIRST);
        folder.flagUpdateUids();
        flagged(SECOND);
        assertThat(folder.flagUpdateUids()).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    private void tellAll() {
        folder.flagUpdateUids();
        folder.isSizeChanged();
        folder.expungedUids();
        folder.resetExpungedUids();
        folder.resetEvents();
    }

    private void added(MessageUid uid) {
        Added event = event(mock(Added.class));
        when(event.getUids()).thenReturn(List.of(uid));
        tell(event);
    }

    private void expunged(MessageUid... uids) {
        Expunged event = event(mock(Expunged.class));
        when(event.getUids()).thenReturn(Arrays.asList(uids));
        tell(event);
    }

    private void flagged(MessageUid uid) {
        FlagsUpdated event = event(mock(FlagsUpdated.class));
        when(event.getUpdatedFlags())
                .thenReturn(List.of(UpdatedFlags.builder()
                        .uid(uid)
                        .modSeq(ModSeq.of(7))
                        .oldFlags(new Flags())
                        .newFlags(new Flags(Flags.Flag.FLAGGED))
                        .build()));
        tell(event);
    }

    private static <E extends MailboxEvent> E event(E event) {
        when(event.getMailboxId()).thenReturn(INBOX);
        when(event.getSessionId()).thenReturn(MailboxSession.SessionId.of(99));
        return event;
    }

    private void tell(MailboxEvent event) {
        Mono.from(james.reactiveEvent(event)).block();
    }
}
