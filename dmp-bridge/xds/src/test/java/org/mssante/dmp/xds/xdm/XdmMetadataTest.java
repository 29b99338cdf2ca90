package org.mssante.dmp.xds.xdm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mssante.dmp.xds.SampleMetadata;
import org.mssante.dmp.xds.ebxml.MetadataFlaw;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.metadata.Association;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.dmp.xds.metadata.XdsTime;
import org.mssante.dmp.xds.xdm.MetadataUnreadableException.Reason;

class XdmMetadataTest {
    private static final XdmMetadata XDM = new XdmMetadata(1_000_000, 20, 10_000);

    @Test
    void everyAttributeComesBackAsItWasWritten() throws Exception {
        DocumentEntry first = SampleMetadata.document("1.2.3.1").toBuilder()
                .hash(Hash.sha1(new byte[] {1}))
                .size(1)
                .availability(Availability.DELETED)
                .logicalId("urn:uuid:00000000-0000-0000-0000-000000000001")
                .repositoryId("1.2.3.9")
                .version("2")
                .build();
        DocumentEntry second =
                SampleMetadata.document("1.2.3.2").toBuilder().id("Document02").build();
        SubmittedObjects written = SubmittedObjects.of(
                SampleMetadata.submission("1.2.3.4"),
                List.of(first, second),
                List.of(new Association(Association.REPLACES, "Document02", "urn:uuid:1")));

        SubmittedObjects read = XDM.read(new ByteArrayInputStream(xml(written)));

        assertThat(read).isEqualTo(written);
        assertThat(read.entries().get(0).authors()).containsExactly(SampleMetadata.AUTHOR);
    }

    @Test
    void readsAFileWithByteOrderMarkOddPrefixesAndBrokenLines() throws Exception {
        String text = new String(sample(), StandardCharsets.UTF_8)
                .replaceAll("<(/?)\\w+:", "<$1")
                .replaceAll(" xmlns(:\\w+)?=\"[^\"]*\"", "")
                .replace("Médecin biologiste", "\n      Médecin\n      biologiste\n   ")
                .replace("20261120081500", " 20261120091500+0100 ");
        SubmittedObjects read = XDM.read(stream("\uFEFF" + text));
        DocumentEntry entry = read.entries().get(0);
        assertThat(entry.authors().get(0).roles()).containsExactly("Médecin biologiste");
        assertThat(entry.creationTime()).contains(new XdsTime("20261120081500"));
        assertThat(entry.uri()).contains("DOC00001.XML");
        assertThat(read.flaws()).isEmpty();
    }

    @Test
    void readsAFileWithBlanksAndMarksBeforeItsDeclaration() throws Exception {
        String text = new String(sample(), StandardCharsets.UTF_8);

        for (String before : List.of("\r\n", "\uFEFF\uFEFF", " \uFEFF\t\n")) {
            assertThat(XDM.read(stream(before + text)).entries()).hasSize(1);
        }
        assertReason(Reason.MALFORMED, XDM, "\uFEFF \uFEFF");
    }

    /** Written by hand: the request's name space as the default of everything inside it. */
    @Test
    void readsObjectsInTheNameSpaceOfTheRequest() throws Exception {
        String text = new String(sample(), StandardCharsets.UTF_8)
                .replaceAll("<(/?)\\w+:", "<$1")
                .replaceAll(" xmlns(:\\w+)?=\"[^\"]*\"", "")
                .replaceFirst("<SubmitObjectsRequest", "<SubmitObjectsRequest xmlns=\"" + MetadataXml.LCM + "\"");

        assertThat(XDM.read(stream(text)).entries()).hasSize(1);
    }

    @Test
    void leavesAMalformedOptionalAttributeOutAndSaysSo() throws Exception {
        String text = new String(sample(), StandardCharsets.UTF_8).replace("20261120081500", "hier");
        SubmittedObjects read = XDM.read(stream(text));
        assertThat(read.entries().get(0).creationTime()).isEmpty();
        assertThat(read.flaws())
                .extracting(MetadataFlaw::object, MetadataFlaw::attribute)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Document01", "creationTime"));
    }

    @Test
    void aSizeThatIsNoNumberIsAFlaw() throws Exception {
        byte[] bytes = xml(SubmittedObjects.of(
                SampleMetadata.submission("1.2.3.4"),
                List.of(SampleMetadata.document("1.2.3.1").toBuilder()
                        .size(4711)
                        .build()),
                List.of()));
        SubmittedObjects read =
                XDM.read(stream(new String(bytes, StandardCharsets.UTF_8).replace(">4711<", ">4,7 kB<")));
        assertThat(read.entries().get(0).size()).isEqualTo(OptionalLong.empty());
        assertThat(read.flaws()).hasSize(1);
    }

    @Test
    void refusesADtdUnread() throws Exception {
        String dtd = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
        String text = new String(sample(), StandardCharsets.UTF_8).replaceFirst("\\?>", "?>" + dtd);
        assertReason(Reason.FORBIDDEN_CONSTRUCT, XDM, text);
    }

    /** The parser of the JDK lacks its message for this, and throws for want of it. */
    @Test
    void refusesAForbiddenCharacterInADtd() throws Exception {
        String text = new String(sample(), StandardCharsets.UTF_8).replaceFirst("\\?>", "?><!DOCTYPE a \u0002>");
        assertReason(Reason.MALFORMED, XDM, text);
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeep() throws Exception {
        String text = new String(sample(), StandardCharsets.UTF_8);
        int octets = sample().length;
        assertThat(new XdmMetadata(octets, 20, 10_000).read(stream(text)).entries())
                .hasSize(1);
        assertReason(Reason.TOO_LARGE, new XdmMetadata(octets - 1, 20, 10_000), text);
        assertReason(Reason.TOO_LARGE, new XdmMetadata(octets, 3, 10_000), text);
        int elements =
                (int) Pattern.compile("<[A-Za-z]").matcher(text).results().count();
        assertThat(new XdmMetadata(octets, 20, elements).read(stream(text)).entries())
                .hasSize(1);
        assertReason(Reason.TOO_LARGE, new XdmMetadata(octets, 20, elements - 1), text);
        assertReason(Reason.TOO_LARGE, XDM, "<a>".repeat(30));
    }

    @Test
    void refusesWhatIsNotXmlOrCutShort() throws Exception {
        String text = new String(sample(), StandardCharsets.UTF_8);
        assertReason(Reason.MALFORMED, XDM, "not xml");
        assertReason(Reason.MALFORMED, XDM, text.substring(0, text.length() - 10));
        assertReason(Reason.MALFORMED, XDM, "");
    }

    @Test
    void refusesMetadataWithoutADocumentOrItsIdentifiers() throws Exception {
        assertReason(Reason.INCOMPLETE, XDM, "<html/>");
        assertReason(
                Reason.INCOMPLETE,
                XDM,
                new String(sample(), StandardCharsets.UTF_8)
                        .replace("urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab", "urn:uuid:0"));
    }

    @Test
    void aFailingStreamIsNotTheSendersFault() {
        assertThatThrownBy(() -> XDM.read(new java.io.InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("disk");
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        throw new IOException("disk");
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    private static void assertReason(Reason reason, XdmMetadata xdm, String text) {
        assertThatThrownBy(() -> xdm.read(stream(text)))
                .isInstanceOfSatisfying(
                        MetadataUnreadableException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sample() throws IOException {
        return xml(SubmittedObjects.of(
                SampleMetadata.submission("1.2.3.4"), List.of(SampleMetadata.document("1.2.3.1")), List.of()));
    }

    private static byte[] xml(SubmittedObjects objects) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XdmMetadata.write(objects, out);
        return out.toByteArray();
    }
}
