package org.mssante.dmp.xds.td02;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Instant;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.xml.sax.InputSource;

class ExistenceMessagesTest {
    private static final Ins PATIENT = new Ins("255077512345634", Ins.NIR_TEST);
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    @Test
    void theRequestNamesThePatientAndItsOwnId() {
        ExistenceRequest request = ExistenceRequest.of(PATIENT);
        assertThat(ExistenceRequest.read(request.write(NOW))).isEqualTo(request);
    }

    @ParameterizedTest
    @EnumSource(DmpState.class)
    void everyStateComesBackFromTheStoresResponse(DmpState state) {
        DOMSource response = ExistenceResponse.write(ExistenceRequest.of(PATIENT), state, NOW);
        assertThat(ExistenceResponse.read(response, PATIENT)).isEqualTo(new Answer.Given<>(state));
    }

    @Test
    void readsAResponseWithPrefixesAndWithoutTheStoresOwnWords() throws Exception {
        assertThat(response(patient(PATIENT.matricule(), "active"))).isEqualTo(new Answer.Given<>(DmpState.ACTIVE));
        assertThat(response(patient(PATIENT.matricule(), "terminated"))).isEqualTo(new Answer.Given<>(DmpState.CLOSED));
        assertThat(response("<h:queryResponseCode code='NF'/>")).isEqualTo(new Answer.Given<>(DmpState.ABSENT));
    }

    @Test
    void anAcknowledgementDetailIsARefusalUnlessItIsAState() throws Exception {
        assertThat(response("<h:acknowledgementDetail><h:code code='DMPClosed'/></h:acknowledgementDetail>"))
                .isEqualTo(new Answer.Given<>(DmpState.CLOSED));
        assertThat(response("<h:acknowledgementDetail><h:code code='DMPAccessDenied'/></h:acknowledgementDetail>"))
                .isEqualTo(new Answer.Refused<DmpState>("DMPAccessDenied", ""));
    }

    @Test
    void aResponseThatSaysNothingMeansNobodyKnows() throws Exception {
        assertThat(response("")).isInstanceOf(Answer.Unavailable.class);
        assertThat(response("<h:queryResponseCode code='AE'/>")).isInstanceOf(Answer.Unavailable.class);
    }

    /** The DMP's answer names the patient asked for and says active, or nobody knows: what else it says opens no DMP. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Active", "suspended", "nullified", "pending"})
    void onlyAStatusOfActiveOpensADmp(String status) throws Exception {
        assertThat(response(patient(PATIENT.matricule(), status))).isInstanceOf(Answer.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "terminated"})
    void anAnswerAboutAnotherPatientSaysNothing(String status) throws Exception {
        String two = patient(PATIENT.matricule(), status) + "<h:patient/>";

        assertThat(response(patient("171119999900286", status))).isInstanceOf(Answer.Unavailable.class);
        assertThat(response(
                        "<h:queryResponseCode code='OK'/><h:patient><h:statusCode code='" + status + "'/></h:patient>"))
                .isInstanceOf(Answer.Unavailable.class);
        assertThat(response(two)).isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void theInsIsComparedWhicheverOfItsAuthoritiesStandsBesideIt() throws Exception {
        assertThat(response(patient(PATIENT.matricule(), "active").replace(Ins.NIR_TEST.value(), Ins.NIR.value())))
                .isEqualTo(new Answer.Given<>(DmpState.ACTIVE));
        assertThat(response(
                        patient(PATIENT.matricule(), "active").replace(Ins.NIR_TEST.value(), "1.2.250.1.213.1.4.2")))
                .isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void anotherMessageIsNotRead() {
        DOMSource request = ExistenceRequest.of(PATIENT).write(NOW);
        assertThatThrownBy(() -> ExistenceResponse.read(request, PATIENT)).isInstanceOf(InvalidMetadataException.class);
    }

    /** As the DMP answers: the historic INS-C, then the INS. */
    private static String patient(String matricule, String status) {
        return "<h:patient><h:id root='1.2.250.1.213.1.4.2' extension='0123456789012345678901'/><h:id root='"
                + Ins.NIR_TEST + "' extension='" + matricule + "'/><h:statusCode code='" + status
                + "'/></h:patient><h:queryResponseCode code='OK'/>";
    }

    private static Answer<DmpState> response(String body) throws Exception {
        String xml = "<h:PRPA_IN201308UV02 xmlns:h='urn:hl7-org:v3'>" + body + "</h:PRPA_IN201308UV02>";
        return ExistenceResponse.read(
                new DOMSource(DocumentBuilderFactory.newDefaultNSInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(xml)))),
                PATIENT);
    }
}
