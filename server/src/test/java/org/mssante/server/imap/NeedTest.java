package org.mssante.server.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.mail.Flags;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.message.request.ReplaceRequest;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mssante.annuaire.api.MemberRight;

class NeedTest {
    /** James' LOGIN, in whose place is ours, and a command this server does not have. */
    private static final Set<Class<?>> ELSEWHERE = Set.of(LoginRequest.class, ReplaceRequest.class);

    static Stream<Class<?>> requestsOfJames() {
        return new ClassFileImporter()
                .importPackages("org.apache.james.imap.message.request").stream()
                        .filter(type -> type.isAssignableTo(ImapRequest.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(type -> !ELSEWHERE.contains(type));
    }

    @ParameterizedTest
    @MethodSource("requestsOfJames")
    void everyCommandIsDecided(Class<? extends ImapRequest> request) {
        assertThat(Need.of(request)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(FlagsUpdateMode.class)
    void whoMayReadMayChangeHisOwnSeenAndNothingElse(FlagsUpdateMode mode) {
        boolean replaces = mode == FlagsUpdateMode.REPLACE;
        Flags answered = new Flags(Flags.Flag.SEEN);
        answered.add(Flags.Flag.ANSWERED);
        Flags keyword = new Flags(Flags.Flag.SEEN);
        keyword.add("urgent");

        assertThat(right(new Flags(Flags.Flag.SEEN), mode)).contains(replaces ? MemberRight.WRITE : MemberRight.READ);
        assertThat(right(answered, mode)).contains(MemberRight.WRITE);
        assertThat(right(keyword, mode)).contains(MemberRight.WRITE);
        assertThat(right(new Flags(), mode)).contains(MemberRight.WRITE);
    }

    private static Optional<MemberRight> right(Flags flags, FlagsUpdateMode mode) {
        return Need.of(new StoreRequest(new IdRange[] {new IdRange(1)}, false, flags, false, new Tag("a"), mode, -1))
                .flatMap(Need::right);
    }
}
