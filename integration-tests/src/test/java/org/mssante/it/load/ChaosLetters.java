package org.mssante.it.load;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.SampleDocuments;
import org.mssante.it.load.MailLoad.Letter;
import org.mssante.launcher.mail.ComposedMail;

/**
 * Mails to the practitioner as a day brings them, one document in each: new ones, some of them again in another mail, next
 * versions, those of a patient who is opposed, and damaged ones. It remembers how each has to end.
 */
public final class ChaosLetters implements Supplier<Letter> {
    private static final int OPPOSED_IN_100 = 10;
    private static final int DAMAGED_IN_100 = 5;
    private static final int AGAIN_IN_100 = 10;
    private static final int NEXT_VERSION_IN_100 = 10;

    private final byte[] active = SampleDocuments.activeReport();
    private final byte[] opposed = SampleDocuments.opposedReport();
    private final Random random;
    private final Map<String, Expected> expected = new ConcurrentHashMap<>();
    private byte[] latest = SampleDocuments.renamed(active);

    /**
     * How a mail's document has to end.
     *
     * @param hash of the document
     */
    public record Expected(String documentId, Hash hash, boolean filed) {}

    public ChaosLetters(Random random) {
        this.random = random;
    }

    @Override
    public synchronized Letter get() {
        int drawn = random.nextInt(100);
        byte[] document;
        boolean filed = true;
        if (drawn < OPPOSED_IN_100) {
            document = SampleDocuments.renamed(opposed);
            filed = false;
        } else if (drawn < OPPOSED_IN_100 + DAMAGED_IN_100) {
            byte[] whole = SampleDocuments.renamed(active);
            document = Arrays.copyOf(whole, whole.length * 3 / 4);
            filed = false;
        } else if (drawn < OPPOSED_IN_100 + DAMAGED_IN_100 + AGAIN_IN_100) {
            document = latest;
        } else if (drawn < OPPOSED_IN_100 + DAMAGED_IN_100 + AGAIN_IN_100 + NEXT_VERSION_IN_100) {
            latest = SampleDocuments.nextVersion(latest);
            document = latest;
        } else {
            latest = SampleDocuments.renamed(active);
            document = latest;
        }
        ComposedMail mail = Letters.compose(
                Mailboxes.LABORATORY,
                Mailboxes.PRACTITIONER,
                "XDM/1.0/DDM+Compte rendu",
                SampleDocuments.bare(document));
        String id = SampleDocuments.idOf(document);
        expected.put(mail.id(), new Expected(id, Hash.sha1(document), filed));
        return new Letter(mail, id);
    }

    /** How each mail's document has to end, by Message-ID; also of mails that nobody accepted. */
    public Map<String, Expected> expected() {
        return Map.copyOf(expected);
    }
}
