package org.mssante.dmp.xds.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLStreamException;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form is that of Apache Santuario, which makes it from a tree. */
class CanonicalXmlTest {
    @BeforeAll
    static void init() {
        Init.init();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<a b='1' a='2'/>",
                "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\r\n<a>\r\n x &#13; &#xA; </a>\r\n",
                "<a t=\"&#9;&#10;&#13; &quot;'&lt;&gt;&amp;\nx\"/>",
                "<a>&lt;&gt;&amp;\"'<![CDATA[<b>&amp;]]></a>",
                "<!-- before --><?pi before?>\n<a><!-- in --><?pi  in  ?><?empty?></a><!-- after --><?pi after?>\n",
                "<a xmlns='urn:a'><b xmlns=''><c xmlns=''/></b><d xmlns='urn:a'/></a>",
                "<p:a xmlns:p='urn:p' xmlns:q='urn:q' xmlns='urn:d'><p:b xmlns:p='urn:p' q:z='1' p:y='2' x='3'/></p:a>",
                "<a xmlns:b='urn:b' xmlns:a='urn:a' xmlns='urn:z' b:attr='1' a:attr='2' attr='3'/>",
                "<a xmlns:p='urn:1'><b xmlns:p='urn:2' p:x=''><p:c xmlns:p='urn:1'/></b></a>",
                "<a xml:space='preserve' xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='fr'> <b xml:lang=''/> </a>",
                "<é à='ü'>日本 \uD83D\uDE00</é>",
                "<a xmlns=''><b/></a>"
            })
    void everyConstructIsWrittenAsItIsFromATree(String xml) throws Exception {
        assertSame(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void otherEncodingsEndAsUtf8() throws Exception {
        assertSame("<?xml version='1.0' encoding='ISO-8859-1'?><a b='é'>à</a>".getBytes(StandardCharsets.ISO_8859_1));
        assertSame("<?xml version='1.0' encoding='UTF-16'?><a b='é'>à</a>".getBytes(StandardCharsets.UTF_16));
        assertSame("\uFEFF<a b='é'>à</a>".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void charactersBeyondTheFirstPlaneSurviveTheEdgesOfBuffers() throws Exception {
        for (int shift = 0; shift < 4; shift++) {
            assertSame(("<a>" + "x".repeat(shift) + "\uD83D\uDE00".repeat(30_000) + "&amp;é</a>")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void randomDocumentsAreWrittenAsTheyAreFromATree() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder xml = new StringBuilder();
            element(random, 0, xml);
            assertSame(xml.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void realDocumentsAreWrittenAsTheyAreFromATree() throws Exception {
        Path corpus = Path.of(System.getProperty("mssante.corpus", "none"), "cda");
        Assumptions.assumeTrue(Files.isDirectory(corpus), "there is no corpus");
        int compared = 0;
        try (Stream<Path> files = Files.walk(corpus)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                byte[] bytes = Files.readAllBytes(file);
                byte[] expected;
                try {
                    expected = ofTree(bytes);
                } catch (org.xml.sax.SAXException | IOException e) {
                    assertThatThrownBy(() -> CanonicalXml.write(
                                    new ByteArrayInputStream(bytes), OutputStream.nullOutputStream()))
                            .as(file.toString())
                            .isInstanceOf(XMLStreamException.class);
                    continue;
                }
                assertThat(Arrays.equals(written(bytes), expected))
                        .as(file.toString())
                        .isTrue();
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ATTLIST a b CDATA 'x'>]><a/>",
                "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
                "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
                "<a>&e;</a>",
                "<?xml version='1.1'?><a/>",
                "<a xmlns='relative'/>",
                "<a><b></a>",
                " <?xml version='1.0'?><a/>",
                "<a/><b/>",
                ""
            })
    void whatHasNoneIsToldSo(String xml) {
        assertThatThrownBy(() -> written(xml.getBytes(StandardCharsets.UTF_8))).isInstanceOf(XMLStreamException.class);
    }

    @Test
    void elementsNestedTooDeepAreRefused() throws Exception {
        byte[] deep = ("<a>".repeat(10_000) + "</a>".repeat(10_000)).getBytes(StandardCharsets.UTF_8);
        byte[] tooDeep = ("<a>".repeat(10_001) + "</a>".repeat(10_001)).getBytes(StandardCharsets.UTF_8);
        assertThat(written(deep)).isEqualTo(deep);
        assertThatThrownBy(() -> written(tooDeep)).isInstanceOf(XMLStreamException.class);
    }

    /** Each element within the one before, with a name space of its own: what is kept grows with the document, not faster. */
    @Test
    void manyNamesOfNameSpacesCostNoMoreThanTheyAreLong() throws Exception {
        StringBuilder xml = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            xml.append("<a xmlns:p").append(i).append("=\"urn:").append(i).append("\">");
        }
        byte[] deep = xml.append("</a>".repeat(10_000)).toString().getBytes(StandardCharsets.UTF_8);
        assertThat(written(deep)).isEqualTo(deep);
    }

    @Test
    void aDocumentThatCannotBeReadIsNoMalformedOne() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        InputStream start = new ByteArrayInputStream("<a>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() ->
                        CanonicalXml.write(new SequenceInputStream(start, broken), OutputStream.nullOutputStream()))
                .isInstanceOf(IOException.class)
                .hasMessage("Stream closed");
    }

    private static void element(Random random, int depth, StringBuilder xml) {
        List<String> prefixes = List.of("", "p:", "q:");
        String name = "abc".charAt(random.nextInt(3)) + "";
        xml.append('<').append(name);
        if (depth == 0) {
            xml.append(" xmlns:p='urn:p0' xmlns:q='urn:q0'");
        } else {
            if (random.nextInt(3) == 0) {
                xml.append(" xmlns:p='urn:p").append(random.nextInt(2)).append('\'');
            }
            if (random.nextInt(3) == 0) {
                xml.append(" xmlns='")
                        .append(List.of("", "urn:d", "urn:e").get(random.nextInt(3)))
                        .append('\'');
            }
        }
        for (String prefix : prefixes) {
            for (String attribute : List.of("z", "y")) {
                if (random.nextBoolean()) {
                    xml.append(' ')
                            .append(prefix)
                            .append(attribute)
                            .append("='")
                            .append(text(random))
                            .append('\'');
                }
            }
        }
        xml.append('>');
        for (int i = random.nextInt(4); i > 0 && depth < 6; i--) {
            switch (random.nextInt(5)) {
                case 0 -> xml.append(text(random));
                case 1 -> xml.append("<![CDATA[").append("<&>").append("]]>");
                case 2 -> xml.append("<!--c-->");
                default -> element(random, depth + 1, xml);
            }
        }
        xml.append("</").append(name).append('>');
    }

    private static String text(Random random) {
        return List.of("x", "&#13;", "&#10;", "\n", "&amp;", "&lt;", "&gt;", "\"", "\t", "é")
                .get(random.nextInt(10));
    }

    private static void assertSame(byte[] xml) throws Exception {
        assertThat(new String(written(xml), StandardCharsets.UTF_8))
                .isEqualTo(new String(ofTree(xml), StandardCharsets.UTF_8));
    }

    private static byte[] written(byte[] xml) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CanonicalXml.write(new ByteArrayInputStream(xml), out);
        return out.toByteArray();
    }

    private static byte[] ofTree(byte[] xml) throws Exception {
        var builder = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();
        builder.setErrorHandler(new org.xml.sax.helpers.DefaultHandler());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_WITH_COMMENTS)
                .canonicalizeSubtree(builder.parse(new ByteArrayInputStream(xml)), out);
        return out.toByteArray();
    }
}
