package org.mssante.annuaire.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class EntryGramsTest {

    @Test
    void everyPartOfEveryValueIsATermOnce() {
        EntryGrams grams = new EntryGrams();
        grams.add("noemie");
        grams.add("emie");
        grams.add("ab");
        assertThat(terms(grams)).containsExactlyInAnyOrder(octets("noe", "oem", "emi", "mie"));
    }

    @Test
    void whatIsIndexedIsWhatASearchAsksForWhateverTheTextAndHoweverLong() {
        Random random = new Random(7);
        for (int length : List.of(0, 2, 3, 40, 900, Terms.MAX_LENGTH + 100)) {
            EntryGrams grams = new EntryGrams();
            Set<BytesRef> asked = new TreeSet<>();
            for (int i = 0; i < 3; i++) {
                // letters, characters of two and three octets, halves of pairs
                String text = random.ints(length, 0, 0x10000)
                        .collect(StringBuilder::new, (built, one) -> built.append((char) one), StringBuilder::append)
                        .toString();
                grams.add(text);
                Terms.someGrams(List.of(text), Integer.MAX_VALUE).forEach(gram -> asked.add(new BytesRef(gram)));
            }
            assertThat(new TreeSet<>(terms(grams))).isEqualTo(asked);
        }
    }

    @Test
    void anEntryIsReadAgainAfterAReset() {
        EntryGrams grams = new EntryGrams();
        grams.add("dupont");
        assertThat(terms(grams)).isEqualTo(terms(grams)).hasSize(4);
    }

    private static BytesRef[] octets(String... texts) {
        return List.of(texts).stream().map(BytesRef::new).toArray(BytesRef[]::new);
    }

    private static List<BytesRef> terms(EntryGrams grams) {
        BytesTermAttribute term = grams.getAttribute(BytesTermAttribute.class);
        List<BytesRef> terms = new ArrayList<>();
        grams.reset();
        while (grams.incrementToken()) {
            terms.add(BytesRef.deepCopyOf(term.getBytesRef()));
        }
        return terms;
    }
}
