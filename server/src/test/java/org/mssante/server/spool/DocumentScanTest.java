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
