package org.mssante.server.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentScanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/xml\n\n<a/>",
                "Content-Type: text/xml\n\n<a/>",
                "Content-Type: application/zip\n\nPK",
                "Content-Type: application/octet-stream\n\nx",
                "Content-Type: text/plain; name=\"cr.XML\"\n\n<a/>",
                "Content-Disposition: attachment; filename=IHE_XDM.zip\nContent-Type: image/png\n\nx",
                "Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nx",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: application/zip\n\nPK\n--b--",
                "Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c\n\n"
                        + "--c\nContent-Type: text/xml\n\n<a/>\n--c--\n--b--",
                "Content-Type: message/rfc822\n\nContent-Type: application/zip\n\nPK",
                "Content-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=IHE_XDM.zip\n\nx",
                "Content-Type: image/png; name=IHE_XDM.zip\nContent-Disposition: attachment; filename=a.png\n\nx",
                "Content-Type: text/plain; name=\"=?utf-8?B?SUhFX1hETS56aXA=?=\"\n\nx",
                "Content-Type: text/plain; name=\"=?utf-8?Q?IHE=5FXDM=2Ezip?=\"\n\nx",
                "Content-Type: text/plain; name*=utf-8''IHE%5FXDM%2Ezip\n\nx",
                "Content-Disposition: attachment; filename*0=\"IHE_XDM.z\";\n filename*1=ip\nContent-Type: text/plain\n\nx",
                "Content-Disposition: attachment; filename=compte-rendu.eml\nContent-Type: text/plain\n\nx",
                "Content-Disposition: attachment; filename=IHE_XDM\nContent-Type: image/png\n\nx",
                // the content says otherwise than name and type
                "Content-Type: application/pdf; name=cr.pdf\nContent-Transfer-Encoding: base64\n\nUEsDBBQAAAAIAA==",
                "Content-Type: text/plain; name=cr.txt\n\n\n<?xml version=\"1.0\"?><a/>",
                "Content-Type: text/plain\n\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>",
            })
    void findsWhatMayBeADocument(String message) throws IOException {
        assertThat(scan(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: bonjour\n\ntexte",
                "Content-Type: text/html\n\n<p>",
                "Content-Type: multipart/alternative; boundary=b\n\n--b\n\na\n--b\nContent-Type: text/html\n\nb\n--b--",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\na\n--b\nContent-Type: application/pdf\n\nx\n--b\n"
                        + "Content-Type: image/jpeg; name=logo.jpg\n\nx\n--b--",
                "Content-Type: multipart/signed; boundary=b\n\n--b\n\na\n--b\n"
                        + "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n--b--",
            })
    void passesOverWhatCannotBeOne(String message) throws IOException {
        assertThat(scan(message)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: XDM/1.0/DDM+CR BIO DUPONT MARIE 01/02/1970\n\ntexte",
                "Subject: =?utf-8?Q?XDM/1.0/DDM+CR=20BIO?=\n =?utf-8?Q?_DUPONT?=\n\ntexte",
                "Subject: xdm/1.0/ddm\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\na\n--b--",
                "Subject: XDM/1.0/DDM+CR\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=b\n\n--b--",
            })
    void aSubjectThatAnnouncesDocumentsIsOneForTheBridgeAlsoWithoutAPackage(String message) throws IOException {
        assertThat(scan(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: XDM/1.0/DDM+CR\nContent-Type: multipart/report; boundary=b\n\n--b\n\nlu\n--b--",
                "Subject: Re: XDM/1.0/DDM+CR\n\ntexte",
                "Subject: transfert\nContent-Type: message/rfc822\n\nSubject: XDM/1.0/DDM+CR\n\ntexte",
            })
    void aReceiptOrAnAnswerAnnouncesNothing(String message) throws IOException {
        assertThat(scan(message)).isFalse();
    }

    @Test
    void neverTakesAReceiptForADocument() throws IOException {
        String receipt = """
                Content-Type: multipart/report; report-type=disposition-notification; boundary=b

                --b

                refused
                --b
                Content-Type: message/disposition-notification

                x: y
                --b
                Content-Type: application/zip; name=IHE_XDM.zip

                PK
                --b--
                """;

        assertThat(scan(receipt)).isFalse();
    }

    @Test
    void aReceiptQuotedBesideADocumentDoesNotHideTheDocument() throws IOException {
        String quoting = """
                Content-Type: multipart/mixed; boundary=a

                --a
                Content-Type: message/rfc822

                Content-Type: multipart/report; report-type=disposition-notification; boundary=b

                --b

                processed
                --b--
                --a
                Content-Type: application/zip; name=IHE_XDM.zip

                PK
                --a--
                """;

        assertThat(scan(quoting)).isTrue();
    }

    private static boolean scan(String message) throws IOException {
        return DocumentScan.mayCarryDocument(
                new ByteArrayInputStream(message.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }
}
