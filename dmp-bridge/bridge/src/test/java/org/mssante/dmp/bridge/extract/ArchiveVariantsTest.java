package org.mssante.dmp.bridge.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CdaLimits;

/** Packages as other systems write them: each ends in its document, or in a refusal with a code. */
class ArchiveVariantsTest {
    private static final String METADATA = "IHE_XDM/SUBSET01/METADATA.XML";
    private static final String DOCUMENT = "IHE_XDM/SUBSET01/DOC00001.XML";

    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IHE_XDM/SUBSET02/", // one submission set, not the first number
                "ihe_xdm/subset01/", // no case
                "IHE_XDM/IHE_XDM/SUBSET01/", // unpacked by the folder's name and packed again
                "./IHE_XDM/SUBSET01/",
                "IHE_XDM\\SUBSET01\\", // as Windows separates
                "envoi du 12 mars/IHE_XDM/SUBSET01/",
                ""
            })
    void findsTheDocumentInWhateverFolder(String folder) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(folder + "METADATA.XML", Samples.metadata());
        files.put(folder + "DOC00001.XML", Samples.report());

        assertFound(Samples.zip(files));
    }

    @ParameterizedTest
    @EnumSource(Zip64Mode.class)
    void readsZip64(Zip64Mode mode) {
        assertFound(archive(zip -> zip.setUseZip64(mode), StandardCharsets.UTF_8.name(), DOCUMENT));
    }

    /** Written to a stream, sizes stand behind the data (general purpose bit 3). */
    @Test
    void readsDataDescriptors() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            put(zip, METADATA, Samples.metadata());
            put(zip, DOCUMENT, Samples.report());
        }
        assertFound(bytes.toByteArray());
    }

    @Test
    void readsStoredEntries() {
        assertFound(archive(zip -> zip.setMethod(ZipMethod.STORED.getCode()), "UTF-8", DOCUMENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IBM850", "IBM437", "windows-1252", "UTF-8"})
    void bindsADocumentWhoseNameIsOfAnotherCodePage(String encoding) {
        String name = "RÉSULTAT.XML";
        byte[] zip = archive(
                out -> out.setUseLanguageEncodingFlag(false),
                encoding,
                "IHE_XDM/SUBSET01/" + name,
                Samples.utf8(Samples.metadataText().replace("DOC00001.XML", name)));

        assertFound(zip);
    }

    @Test
    void bindsByHashWhereTheUriNamesNoFile() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put(METADATA, Samples.utf8(Samples.metadataText().replace("DOC00001.XML", "RAPPORT.XML")));

        assertThat(extractor.file("IHE_XDM.zip", Samples.zip(files)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Extracted.Document.class,
                        document ->
                                assertThat(document.warnings()).containsExactly(PackageFinding.URI_DIFFERS.words()));
    }

    @ParameterizedTest
    @CsvSource({
        "DOC00001.XML, ./DOC00001.XML",
        "DOC00001.XML, SUBSET01/DOC00001.XML",
        "DOC00001.XML, IHE_XDM\\SUBSET01\\DOC00001.XML",
        "DOC00001.XML, file:///DOC00001.XML",
        "DOC00001.XML, doc00001.xml"
    })
    void readsTheUriAsSendersWriteIt(String file, String uri) {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put(METADATA, Samples.utf8(Samples.metadataText().replace(file, uri)));

        assertFound(Samples.zip(files));
    }

    @Test
    void passesOverWhatOthersLeaveInArchives() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put("__MACOSX/IHE_XDM/SUBSET01/._DOC00001.XML", new byte[] {0, 5, 22, 7});
        files.put("IHE_XDM/SUBSET01/._METADATA.XML", new byte[] {0, 5, 22, 7});
        files.put("IHE_XDM/.DS_Store", new byte[] {0, 0, 0, 1});
        files.put("IHE_XDM/SUBSET01/Thumbs.db", new byte[] {1});
        files.put("IHE_XDM/SUBSET01/COPIE.PDF", Samples.utf8("%PDF-1.7"));
        files.put("IHE_XDM/SUBSET01/STYLE.CSS", Samples.utf8("p {}"));
        files.put("AUTORUN.INF", Samples.utf8("[autorun]"));

        assertFound(Samples.zip(files));
    }

    /** Copied from a disk by ISO 9660, where every name carries its version. */
    @Test
    void bindsADocumentWhoseNameCarriesAVersion() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(METADATA + ";1", Samples.metadata());
        files.put(DOCUMENT + ";1", Samples.report());

        assertFound(Samples.zip(files));
    }

    /** macOS writes an accent as a sign of its own. */
    @Test
    void bindsADocumentWhoseNameWritesItsAccentsApart() {
        String uri = "R\u00c9SULTAT.XML";
        byte[] metadata = Samples.utf8(Samples.metadataText()
                .replace("DOC00001.XML", uri)
                .replaceAll("[0-9a-f]{40}", "")); // no hash to find it by
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(METADATA, metadata);
        files.put("IHE_XDM/SUBSET01/RE\u0301SULTAT.XML", Samples.report());

        assertFound(Samples.zip(files));
    }

    @Test
    void readsAnArchiveThatWasWrittenForSeveralDisksAndFitsOnOne() {
        assertFound(concat(new byte[] {'P', 'K', '0', '0'}, Samples.zip(Samples.packageFiles())));
    }

    /** A line end that a transport put before it, a program that unpacks it: neither name nor type need say what it is. */
    @Test
    void knowsAnArchiveBehindOtherDataByItsEnd() {
        byte[] zip = Samples.zip(Samples.packageFiles());
        byte[] program = concat(new byte[5_000], zip);
        program[0] = 'M';

        assertThat(extractor.file("envoi.dat", concat(new byte[] {'\r', '\n'}, zip)))
                .singleElement()
                .isInstanceOf(Extracted.Document.class);
        assertThat(extractor.file("envoi.exe", program)).singleElement().isInstanceOf(Extracted.Document.class);
        assertThat(extractor.file("envoi.exe", Arrays.copyOf(program, program.length - 22)))
                .allMatch(result -> result instanceof Extracted.Refused); // the layout's names stand in it
        assertThat(extractor.file("image.dat", concat(new byte[500], Samples.utf8("PK\5\6"))))
                .singleElement()
                .isInstanceOf(Extracted.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IHE_XDM.7z",
                "IHE_XDM.rar",
                "IHE_XDM.zip.gz",
                "ihe-xdm.tgz",
                "IHE XDM.tar",
                "IHE_XDM",
                "ihexdm (1).zip"
            })
    void refusesAPackageOfAnotherTool(String name) {
        byte[] gzip = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0};

        assertThat(codes(extractor.file(name, gzip))).containsExactly(Outcome.XDM_UNREADABLE);
    }

    /** Metadata are a hundred times larger in memory than in the file: many small ones are one large. */
    @Test
    void boundsTheMetadataOfAMailInAll() {
        int two = Samples.metadata().length * 2;
        String[] packages = {
            Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles())),
            Samples.part("application/zip", "IHE_XDM.zip", Samples.zip(Samples.packageFiles()))
        };
        byte[] mail = Samples.mail(Samples.multipart("mixed", "b", packages));

        assertThat(metadata(two, 10_000).mail(mail)).hasOnlyElementsOfType(Extracted.Document.class);
        assertThat(codes(metadata(two - 1, 10_000).mail(mail))).contains(Outcome.DOCUMENT_TOO_LARGE);
        assertThat(codes(metadata(two, 100).mail(mail))).containsOnly(Outcome.DOCUMENT_TOO_LARGE);
    }

    private static MailExtractor metadata(int octets, int elements) {
        return Samples.extractor(new ExtractionLimits(
                100,
                20,
                ExtractionLimits.ZipLimits.DEFAULT,
                new ExtractionLimits.MetadataLimits(octets, elements),
                CdaLimits.DEFAULT));
    }

    /** Whether there is a document in it nobody can say: it must not pass for an archive without one. */
    @ParameterizedTest
    @CsvSource({
        "1F8B0800,gz",
        "1F9D9000,Z",
        "425A683931415926,bz2",
        "FD377A585A00,xz",
        "28B52FFD,zst",
        "377ABCAF271C,7z",
        "526172211A07,rar",
        "4D534346,cab"
    })
    void notesAnArchiveThatIsNotOpened(String start, String ending) {
        byte[] archive = concat(HexFormat.of().parseHex(start), new byte[100]);

        assertThat(extractor.file("resultats." + ending, archive))
                .singleElement()
                .satisfies(ArchiveVariantsTest::isNoted);
    }

    @Test
    void notesATar() {
        byte[] tar = new byte[1024];
        System.arraycopy(Samples.utf8("resultats.txt"), 0, tar, 0, 13);
        System.arraycopy(Samples.utf8("ustar"), 0, tar, 257, 5);

        assertThat(extractor.file("resultats.tar", tar)).singleElement().satisfies(ArchiveVariantsTest::isNoted);
    }

    @Test
    void notesADamagedZipAndOneWithAPasswordAlsoInsideAnother() {
        byte[] zip = Samples.zip(Map.of("lettre.xml", Samples.report()));
        byte[] cut = Arrays.copyOf(zip, zip.length / 2);
        byte[] locked = zip.clone();
        locked[6] |= 1; // general purpose bit 0, in the local header and the directory
        locked[directory(locked) + 8] |= 1;

        for (byte[] unreadable : List.of(cut, locked)) {
            assertThat(extractor.file("photos.zip", unreadable))
                    .singleElement()
                    .satisfies(ArchiveVariantsTest::isNoted);
            assertThat(extractor.file("envoi.zip", Samples.zip(Map.of("photos.zip", unreadable))))
                    .singleElement()
                    .satisfies(ArchiveVariantsTest::isNoted)
                    .extracting(Extracted::source)
                    .isEqualTo("envoi.zip!photos.zip");
        }
    }

    private static int directory(byte[] zip) {
        int at = zip.length - 4;
        while (zip[at] != 'P' || zip[at + 1] != 'K' || zip[at + 2] != 1 || zip[at + 3] != 2) {
            at--;
        }
        return at;
    }

    private static void isNoted(Extracted result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Extracted.Noted.class,
                        noted -> assertThat(noted.outcome()).isEqualTo(Outcome.PART_NOT_OPENED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IHE_XDM.pdf", "IHE_XDM mode d'emploi.docx.txt", "image.gz"})
    void takesOnlyArchivesForPackagesByTheirName(String name) {
        assertThat(extractor.file(name, new byte[] {1, 2, 3})).singleElement().isInstanceOf(Extracted.Ignored.class);
    }

    /** A tar, an Outlook message: the names of the layout stand in it as they are, or in UTF-16. */
    @Test
    void refusesWhatIsNotOpenedWhereAPackageStandsInIt() {
        byte[] tar = concat(Samples.utf8(METADATA), new byte[600]);
        byte[] outlook = concat(
                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0},
                "IHE_XDM.zip".getBytes(StandardCharsets.UTF_16LE));

        assertThat(codes(extractor.file("envoi.tar", tar))).containsExactly(Outcome.XDM_UNREADABLE);
        assertThat(codes(extractor.file("envoi.msg", outlook))).containsExactly(Outcome.XDM_UNREADABLE);
    }

    @Test
    void saysWhatAnAnnouncedDocumentIsThatIsNoCda() {
        Map<String, byte[]> files = Samples.packageFiles();
        byte[] pdf = Samples.utf8("%PDF-1.7");
        files.put(DOCUMENT, pdf);

        assertThat(extractor.file("IHE_XDM.zip", Samples.zip(files)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Extracted.Refused.class,
                        refused -> assertThat(refused.detail()).contains("a PDF"));
    }

    @Test
    void readsAnArchiveBehindOtherDataAndBeforeOtherData() {
        byte[] zip = Samples.zip(Samples.packageFiles());
        byte[] before = concat(new byte[500], zip);
        byte[] after = concat(zip, new byte[200]);

        assertThat(extractor.file("IHE_XDM.zip", before)).noneMatch(Extracted.Ignored.class::isInstance);
        assertFound(after);
    }

    @Test
    void findsPackagesInsideAnArchive() {
        byte[] outer = Samples.zip(Map.of("envoi/IHE_XDM.zip", Samples.zip(Samples.packageFiles())));

        assertFound(outer);
        assertThat(extractor.file("documents.bin", outer)).singleElement().isInstanceOf(Extracted.Document.class);
    }

    @Test
    void refusesAnEncryptedArchive() {
        byte[] zip = Samples.zip(Samples.packageFiles());
        // general purpose bit 0 of every local and central header
        setBit(zip, new byte[] {'P', 'K', 3, 4}, 6);
        setBit(zip, new byte[] {'P', 'K', 1, 2}, 8);

        assertRefused(zip, Outcome.XDM_UNREADABLE);
    }

    @Test
    void refusesATruncatedArchive() {
        byte[] zip = Samples.zip(Samples.packageFiles());

        assertRefused(Arrays.copyOf(zip, zip.length / 2), Outcome.XDM_UNREADABLE);
        assertRefused(Arrays.copyOf(zip, zip.length - 30), Outcome.XDM_UNREADABLE);
    }

    @Test
    void refusesEntriesThatOverlap() {
        byte[] zip = Samples.zip(Samples.packageFiles());
        int directory = last(zip, new byte[] {'P', 'K', 1, 2});
        int first = first(zip, new byte[] {'P', 'K', 1, 2});
        int offset = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(first + 42);
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 42, offset);

        assertRefused(zip, Outcome.XDM_UNREADABLE);
    }

    @Test
    void refusesANameThatStandsTwice() {
        Map<String, byte[]> files = Samples.packageFiles();
        files.put("IHE_XDM/SUBSET01/doc00001.xml", Samples.report());

        assertRefused(Samples.zip(files), Outcome.XDM_UNREADABLE);
    }

    /** Each level is small; only all of them together are too much. */
    @Test
    void refusesArchivesThatUnpackTooMuchTogether() {
        Map<String, byte[]> inner = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            inner.put("blanks" + i, new byte[900_000]);
        }
        byte[] nested = Samples.zip(inner);
        Map<String, byte[]> outer = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            outer.put(i + ".zip", nested);
        }
        MailExtractor strict = Samples.extractor(new ExtractionLimits(
                500,
                20,
                new ExtractionLimits.ZipLimits(1_000, 10_000_000, 200, 512),
                ExtractionLimits.MetadataLimits.DEFAULT,
                CdaLimits.DEFAULT));

        assertThat(codes(strict.file("a.zip", Samples.zip(outer)))).contains(Outcome.DOCUMENT_TOO_LARGE);
        assertThat(codes(strict.file("a.zip", nested))).isEmpty();
    }

    @Test
    void refusesArchivesWithTooManyPartsTogether() {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            many.put("f" + i, Samples.utf8("text"));
        }
        byte[] outer = Samples.zip(Map.of("1.zip", Samples.zip(many), "2.zip", Samples.zip(many)));
        MailExtractor strict = Samples.extractor(new ExtractionLimits(
                100,
                20,
                ExtractionLimits.ZipLimits.DEFAULT,
                ExtractionLimits.MetadataLimits.DEFAULT,
                CdaLimits.DEFAULT));

        assertThat(codes(strict.file("a.zip", outer))).containsExactly(Outcome.MAIL_UNREADABLE);
        assertThat(codes(strict.file("a.zip", Samples.zip(many)))).isEmpty();
    }

    private interface Setting {
        void on(ZipArchiveOutputStream zip);
    }

    private static byte[] archive(Setting setting, String encoding, String document) {
        return archive(setting, encoding, document, Samples.metadata());
    }

    private static byte[] archive(Setting setting, String encoding, String document, byte[] metadata) {
        try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(channel)) {
                zip.setEncoding(encoding);
                setting.on(zip);
                put(zip, METADATA, metadata);
                put(zip, document, Samples.report());
            }
            return Arrays.copyOf(channel.array(), (int) channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ZipArchiveOutputStream zip, String name, byte[] content) throws IOException {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.write(content);
        zip.closeArchiveEntry();
    }

    @Test
    void fileThatIsAnnouncedAgainAndAgainCostsItsOctetsEachTime() {
        byte[] report = padded(Samples.reportText(), 2_000_000);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(METADATA, Samples.utf8(announcedTimes(100)));
        files.put(DOCUMENT, report);

        List<Extracted> results = extractor.file("IHE_XDM.zip", Samples.zip(files));

        long affordable = ExtractionLimits.DEFAULT.zip().maxTotalBytes() / report.length;
        assertThat(codes(results).stream().filter(Outcome.DOCUMENT_TOO_LARGE::equals))
                .hasSizeGreaterThanOrEqualTo(100 - (int) affordable);
    }

    /** Each document a package announces is a part of the mail, its file there or not; what is announced above that ends it. */
    @Test
    void documentsThatAreAnnouncedAndMissingCountAsPartsOfTheMail() {
        MailExtractor strict = Samples.extractor(new ExtractionLimits(
                100,
                20,
                ExtractionLimits.ZipLimits.DEFAULT,
                ExtractionLimits.MetadataLimits.DEFAULT,
                CdaLimits.DEFAULT));

        assertThat(codes(strict.file("IHE_XDM.zip", Samples.zip(Map.of(METADATA, Samples.utf8(announcedTimes(99)))))))
                .hasSize(99)
                .containsOnly(Outcome.XDM_DOCUMENT_MISSING);
        assertThat(codes(strict.file("IHE_XDM.zip", Samples.zip(Map.of(METADATA, Samples.utf8(announcedTimes(150)))))))
                .hasSize(100)
                .endsWith(Outcome.DOCUMENT_TOO_LARGE);
    }

    @Test
    void aSubmissionSetThatAnnouncesMoreThanAMailMayHoldIsRefusedWhole() {
        MailExtractor strict = Samples.extractor(new ExtractionLimits(
                10,
                20,
                ExtractionLimits.ZipLimits.DEFAULT,
                ExtractionLimits.MetadataLimits.DEFAULT,
                CdaLimits.DEFAULT));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(METADATA, Samples.utf8(announcedTimes(50)));
        files.put(DOCUMENT, Samples.report());

        assertThat(strict.file("IHE_XDM.zip", Samples.zip(files)))
                .noneMatch(Extracted.Document.class::isInstance)
                .first()
                .isInstanceOfSatisfying(
                        Extracted.Refused.class,
                        sound -> assertThat(sound.detail())
                                .isEqualTo("refused with its whole submission set: "
                                        + "more documents are announced than one mail may hold"));
    }

    /** The package's metadata with its one document entry repeated, each time under an id of its own. */
    private static String announcedTimes(int times) {
        String metadata = Samples.metadataText();
        int begin = metadata.indexOf("<rim:ExtrinsicObject");
        int end = metadata.indexOf("</rim:ExtrinsicObject>") + "</rim:ExtrinsicObject>".length();
        String entry = metadata.substring(begin, end);
        StringBuilder entries = new StringBuilder(metadata.substring(0, end));
        for (int i = 1; i < times; i++) {
            entries.append(entry.replace("Document01", "Again" + i).replace(".11.1\"", ".11.1." + i + "\""));
        }
        return entries.append(metadata.substring(end)).toString();
    }

    /** A comment that hardly shrinks, so that the archive is no bomb by its ratio. */
    private static byte[] padded(String document, int octets) {
        StringBuilder comment = new StringBuilder("<!--");
        Random random = new Random(1);
        while (comment.length() < octets) {
            comment.append(Long.toString(random.nextLong(Long.MAX_VALUE), Character.MAX_RADIX));
        }
        return Samples.utf8(document + comment + "-->");
    }

    private void assertFound(byte[] zip) {
        List<Extracted> results = extractor.file("IHE_XDM.zip", zip);
        assertThat(results)
                .singleElement()
                .isInstanceOfSatisfying(
                        Extracted.Document.class,
                        document -> assertThat(document.bytes().copy()).isEqualTo(Samples.report()));
    }

    private void assertRefused(byte[] zip, Outcome outcome) {
        assertThat(codes(extractor.file("IHE_XDM.zip", zip))).containsExactly(outcome);
    }

    private static List<Outcome> codes(List<Extracted> results) {
        return results.stream()
                .filter(Extracted.Refused.class::isInstance)
                .map(result -> ((Extracted.Refused) result).outcome())
                .toList();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static void setBit(byte[] zip, byte[] signature, int at) {
        for (int i = 0; i + at < zip.length; i++) {
            if (startsAt(zip, signature, i)) {
                zip[i + at] |= 1;
            }
        }
    }

    private static int first(byte[] zip, byte[] signature) {
        int i = 0;
        while (!startsAt(zip, signature, i)) {
            i++;
        }
        return i;
    }

    private static int last(byte[] zip, byte[] signature) {
        int i = zip.length - signature.length;
        while (!startsAt(zip, signature, i)) {
            i--;
        }
        return i;
    }

    private static boolean startsAt(byte[] zip, byte[] signature, int at) {
        return at + signature.length <= zip.length
                && Arrays.equals(Arrays.copyOfRange(zip, at, at + signature.length), signature);
    }
}
