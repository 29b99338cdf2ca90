package org.mssante.launcher.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.launcher.CommandFailure;

class DmpViewTest {
    @Test
    void aRefusedSearchIsNotTakenForADmpThatHoldsNothing() {
        DmpView view = new DmpView(new Refusing(), (uniqueId, sink) -> new Answer.Unavailable<>("not asked"));
        assertThatThrownBy(() -> view.documents(new Ins("258029999900145", Ins.NIR_TEST)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("XDSUnknownPatientId");
    }

    /** A registry that refuses whatever it is asked. */
    private static final class Refusing implements RegistryClient {
        @Override
        public Answer<List<DocumentEntry>> findDocuments(Ins patient) {
            return new Answer.Refused<>("XDSUnknownPatientId", "");
        }

        @Override
        public Answer<List<DocumentEntry>> getDocuments(String uniqueId, Optional<Ins> patient) {
            return new Answer.Refused<>("XDSUnknownPatientId", "");
        }
    }
}
