package org.mssante.dmp.bridge.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged input never makes extraction throw, and a damaged package never ends without a word. */
class MutationTest {
    private static final int MUTATIONS = 150;

    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);

    static Stream<byte[]> inputs() {
        return Stream.of(
                Samples.report(),
                Samples.zip(Samples.packageFiles()),
                Samples.mailWithPackage(),
                Samples.read("lettre-de-sortie/LETTRE-DE-SORTIE.XML"));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void everyTruncationEndsAsAResult(byte[] input) {
        IntStream.rangeClosed(1, MUTATIONS)
                .map(i -> (int) ((long) input.length * i / (MUTATIONS + 1)))
                .forEach(length -> assertCoded(Arrays.copyOf(input, length)));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void everyFlippedOctetEndsAsAResult(byte[] input) {
        Random random = new Random(20_261_120);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] changed = input.clone();
            for (int flips = random.nextInt(8); flips >= 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertCoded(changed);
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void everyRepeatedPieceEndsAsAResult(byte[] input) {
        Random random = new Random(7);
        for (int i = 0; i < MUTATIONS / 3; i++) {
            int from = random.nextInt(input.length);
            int length = Math.min(random.nextInt(2_000), input.length - from);
            byte[] changed = Arrays.copyOf(input, input.length + length);
            System.arraycopy(input, from, changed, input.length, length);
            assertCoded(changed);
        }
    }

    /** Behind the zip's checksums: the metadata's own parser meets the damage. */
    @Test
    void everyDamagedMetadataEndsAsAResult() {
        Random random = new Random(20_261_125);
        byte[] metadata = Samples.metadata();
        for (int i = 0; i < MUTATIONS * 2; i++) {
            byte[] changed = metadata.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) (' ' + random.nextInt(95));
            }
            if (i % 3 == 0) {
                int from = random.nextInt(changed.length / 2);
                changed = Arrays.copyOfRange(changed, from, from + changed.length / 2);
            }
            Map<String, byte[]> files = Samples.packageFiles();
            files.put("IHE_XDM/SUBSET01/METADATA.XML", changed);
            assertCoded(Samples.zip(files));
        }
    }

    private void assertCoded(byte[] input) {
        assertThatCode(() -> {
                    List<Extracted> asFile = extractor.file("IHE_XDM.zip", input);
                    assertThat(asFile).isNotEmpty();
                    List<Extracted> asMail = extractor.mail(input);
                    assertThat(asMail).isNotEmpty();
                })
                .doesNotThrowAnyException();
    }
}
