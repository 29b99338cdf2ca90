package org.mssante.dmp.cda;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.xml.CheckedXml;

/**
 * Reads the header of a CDA file from anywhere. The file is parsed to its end, so that what is called readable is
 * well-formed, but of the body only its kind is kept. A document type declaration ends the reading at once, before any
 * entity is looked at: no DTD, no entity, no XInclude. Thread-safe.
 */
public final class CdaReader {
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("UTF-32LE"),
            Charset.forName("UTF-32BE"));
    private static final String ROOT_NAME = "ClinicalDocument";

    private static final int DECLARATION = 200;
    private static final int UTF_8_MARK = 3;
    private static final int UTF_16_MARK = 2;
    private static final String UTF_16 = "UTF-16";
    private static final Pattern ENCODING =
            Pattern.compile("<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

    private final CdaLimits limits;

    public CdaReader(CdaLimits limits) {
        this.limits = limits;
    }

    public CdaReading read(byte[] bytes) {
        if (bytes.length > limits.maxBytes()) {
            return new CdaReading.Unreadable(
                    Outcome.DOCUMENT_TOO_LARGE,
                    "the document has " + bytes.length + " octets, the limit is " + limits.maxBytes());
        }
        HeaderScan scan = new HeaderScan(limits);
        try {
            XMLStreamReader xml = xml(bytes);
            try {
                return scan.read(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            return malformed(bytes, scan, e);
        }
    }

    /** The file as XML, however it is encoded. */
    static XMLStreamReader xml(byte[] bytes) throws XMLStreamException {
        return new CheckedXml(open(bytes, firstMarkup(bytes)));
    }

    /** True where the file names the root element of CDA in any usual encoding: a broken one must not pass unseen. */
    public static boolean mentionsCda(byte[] bytes) {
        return CHARSETS.stream().anyMatch(charset -> contains(bytes, ROOT_NAME.getBytes(charset)));
    }

    private static CdaReading malformed(byte[] bytes, HeaderScan scan, XMLStreamException e) {
        if (scan.isForeign() || !mentionsCda(bytes)) {
            return new CdaReading.NotCda("no well-formed XML", false);
        }
        String place = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNumber() + ", column "
                        + e.getLocation().getColumnNumber();
        return new CdaReading.Unreadable(Outcome.CDA_UNREADABLE, "the XML is not well-formed" + place);
    }

    /** Malformed characters are found here, because the parser prints those to standard error. */
    private static XMLStreamReader open(byte[] bytes, int start) throws XMLStreamException {
        Optional<Charset> wide = utf16(bytes, start);
        int begin = start + (wide.isPresent() && bytes[start] != '<' && bytes[start] != 0 ? UTF_16_MARK : 0);
        int length = Math.min(DECLARATION, bytes.length - begin);
        String head = new String(bytes, begin, length, wide.orElse(StandardCharsets.ISO_8859_1));
        return factory()
                .createXMLStreamReader(new InputStreamReader(
                        new ByteArrayInputStream(bytes, begin, bytes.length - begin),
                        charset(head, wide)
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    /** UTF-16 by its mark, or by its first character (XML 1.0 appendix F); empty for everything else. */
    private static Optional<Charset> utf16(byte[] bytes, int start) {
        if (bytes.length - start < UTF_16_MARK) {
            return Optional.empty();
        }
        int first = bytes[start] & 0xFF;
        int second = bytes[start + 1] & 0xFF;
        if ((first == 0xFE && second == 0xFF) || (first == 0 && second == '<')) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return (first == 0xFF && second == 0xFE) || (first == '<' && second == 0)
                ? Optional.of(StandardCharsets.UTF_16LE)
                : Optional.empty();
    }

    /** The declared encoding, which UTF-16 may only name as such; UTF-8 where none is declared. */
    private static Charset charset(String head, Optional<Charset> wide) throws XMLStreamException {
        Matcher matcher = ENCODING.matcher(head);
        Optional<String> declared =
                matcher.lookingAt() ? Optional.of(matcher.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
        if (wide.isPresent() && declared.orElse(UTF_16).startsWith(UTF_16)) {
            return wide.get();
        }
        String encoding = declared.orElse(StandardCharsets.UTF_8.name());
        if (wide.isPresent() || encoding.startsWith(UTF_16) || !Charset.isSupported(encoding)) {
            throw new XMLStreamException("the encoding is unknown, or not the declared one");
        }
        return Charset.forName(encoding);
    }

    /** The parser of the JDK on purpose, not one that happens to stand on the class path; a factory is cheap. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are refused");
        });
        return factory;
    }

    /** Blanks before the XML declaration are not well-formed, yet senders write them, and marks twice: both go. */
    private static int firstMarkup(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            if (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r' || bytes[i] == '\n') {
                i++;
            } else if (isUtf8Mark(bytes, i)) {
                i += UTF_8_MARK;
            } else {
                return i;
            }
        }
        return i;
    }

    private static boolean isUtf8Mark(byte[] bytes, int at) {
        return at + UTF_8_MARK <= bytes.length
                && bytes[at] == (byte) 0xEF
                && bytes[at + 1] == (byte) 0xBB
                && bytes[at + 2] == (byte) 0xBF;
    }

    private static boolean contains(byte[] bytes, byte[] word) {
        for (int i = 0; i <= bytes.length - word.length; i++) {
            int j = 0;
            while (j < word.length && bytes[i + j] == word[j]) {
                j++;
            }
            if (j == word.length) {
                return true;
            }
        }
        return false;
    }
}
