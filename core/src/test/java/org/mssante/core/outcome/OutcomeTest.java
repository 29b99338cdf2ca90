package org.mssante.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTest {
    /** Table SMTPERRORCODE (CI-SIS, transmission of CDA documents by MSSanté): what the ecosystem forwards. */
    private static final Set<Integer> FORWARDED = Set.of(
            101, 111, 251, 252, 420, 421, 422, 431, 432, 441, 442, 450, 451, 452, 500, 501, 502, 503, 504, 510, 512,
            513, 523, 530, 535, 541, 550, 551, 552, 553, 554);

    @Test
    void noTwoOutcomesShareACode() {
        assertThat(Arrays.stream(Outcome.values()).map(Outcome::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeHasItsSentenceInBothLanguages(Outcome outcome) {
        // an SMTP reply is ASCII (RFC 5321 §4.2)
        assertThat(outcome.english()).endsWith(".").isASCII();
        assertThat(outcome.french()).endsWith(".").isNotEqualTo(outcome.english());
        assertThat(Outcome.ofCode(outcome.code())).contains(outcome);
    }

    @ParameterizedTest
    @EnumSource
    void everySmtpReplyStaysInsideTheCodesTheEcosystemForwards(Outcome outcome) {
        outcome.smtpReply().ifPresent(reply -> {
            assertThat(FORWARDED).contains(reply);
            boolean temporary = reply < 500;
            assertThat(temporary).isEqualTo(outcome.verdict() == Outcome.Verdict.RETRY_LATER);
            assertThat(outcome.enhancedStatus().orElseThrow()).matches("[245]\\.[0-9]\\.[0-9]{1,2}");
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusedDocumentHasAnApplicationCodeFrom900To906(Outcome outcome) {
        if (outcome.code().startsWith("MSS-D") && outcome.verdict() == Outcome.Verdict.REFUSED) {
            assertThat(outcome.applicationCode().orElseThrow()).isBetween(900, 906);
        } else {
            assertThat(outcome.applicationCode()).isEmpty();
        }
    }
}
