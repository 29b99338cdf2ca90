package org.mssante.dmp.xds;

import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.PatientInfo;
import org.mssante.dmp.xds.metadata.Specialty;
import org.mssante.dmp.xds.metadata.SubmissionSet;
import org.mssante.dmp.xds.metadata.Xcn;
import org.mssante.dmp.xds.metadata.XdsTime;
import org.mssante.dmp.xds.metadata.Xon;

/** A biology report of a fictitious patient, every attribute filled, with the characters HL7 reserves in its names. */
public final class SampleMetadata {
    public static final Ins PATIENT = new Ins("255077512345634", Ins.NIR_TEST);
    public static final Author AUTHOR = new Author(
            Optional.of(Xcn.professional("810001234567", "D'ÉTOILE & FILS", "Zoé^Anne", "1.2.250.1.71.4.2.1")),
            List.of(Xon.structure("Labo «Œuf» | Nord", "1750000001", "1.2.250.1.71.4.2.2")),
            List.of("Médecin biologiste"),
            List.of(Specialty.of(new Code("G15_10/SM03", "1.2.250.1.213.1.1.4.5", "Médecin ~ Biologie \\ médicale"))));

    private SampleMetadata() {}

    public static DocumentEntry document(String uniqueId) {
        return DocumentEntry.builder(uniqueId, Cx.of(PATIENT))
                .sourcePatientId(Cx.of("IPP 42&7", "1.2.250.1.999.7", Cx.LOCAL_TYPE))
                .sourcePatientInfo(PatientInfo.of(
                        List.of(new PatientInfo.Name("DE^LA|TOUR", "Chloé", PatientInfo.BIRTH_NAME)), "19550715", "F"))
                .classCode(new Code("10", "1.2.250.1.213.1.1.4.1", "Compte rendu"))
                .typeCode(new Code("11502-2", "2.16.840.1.113883.6.1", "CR d'examens biologiques"))
                .formatCode(new Code("urn:ihe:lab:xd-lab:2008", "1.3.6.1.4.1.19376.1.2.3", "Biologie"))
                .healthcareFacilityTypeCode(new Code("SA25", "1.2.250.1.71.4.2.4", "Laboratoire"))
                .practiceSettingCode(new Code("AMBULATOIRE", "1.2.250.1.213.1.1.4.9", "Ambulatoire"))
                .confidentialityCode(new Code("N", "2.16.840.1.113883.5.25", "Normal"))
                .confidentialityCode(new Code("MASQUE_PS", "1.2.250.1.213.1.1.4.13", "Masqué"))
                .eventCode(new Code("18719-5", "2.16.840.1.113883.6.1", "Biochimie"))
                .author(AUTHOR)
                .legalAuthenticator(AUTHOR.person().orElseThrow())
                .title("Compte rendu d'examens & <analyses>")
                .comments("À relire")
                .creationTime(new XdsTime("20261120081500"))
                .serviceStartTime(new XdsTime("202611200800"))
                .serviceStopTime(new XdsTime("20261120"))
                .languageCode("fr-FR")
                .referenceId(new Cx("ACC1^^^&1.2.3&ISO^urn:ihe:iti:xds:2013:accession"))
                .uri("DOC00001.XML")
                .build();
    }

    public static SubmissionSet submission(String uniqueId) {
        return SubmissionSet.of(
                uniqueId,
                "1.2.250.1.999.1",
                Cx.of(PATIENT),
                AUTHOR,
                new Code("07", "1.2.250.1.213.2.2", "Consultation"),
                new XdsTime("20261120090000"),
                "Résultats");
    }
}
