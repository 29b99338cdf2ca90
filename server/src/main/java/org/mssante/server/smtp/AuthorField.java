package org.mssante.server.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a From, Sender or Reply-To field by the grammar alone (mailbox-list, RFC 5322 §3.4): where a field has another form, programs
 * disagree about who its author is, and what we judged would not be what a reader sees. Groups, routes, control characters and
 * specials outside quotes are no such form, nor is a name that is encoded and cannot be decoded; octets of UTF-8 in names are
 * (RFC 6532). Linear in the field's length.
 */
final class AuthorField {
    private static final String SPECIALS = "()<>[]:;@\\,\"";
    private static final Pattern FOLDS = Pattern.compile("\\r\\n(?=[ \\t])");

    private final String text;
    private int at;

    /**
     * One author.
     *
     * @param address without blanks and brackets
     * @param shown addresses within the name or a comment, which a client may show in the place of the author's own
     */
    record Author(String address, List<String> shown) {}

    private AuthorField(String text) {
        this.text = text;
    }

    /**
     * @param field the value, folded or not, an octet a character
     * @return empty where it has another form
     */
    static Optional<List<Author>> read(String field) {
        String unfolded = FOLDS.matcher(field).replaceAll("");
        if (unfolded.chars().anyMatch(character -> (character < ' ' && character != '\t') || character == '\u007f')) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AuthorField(unfolded).mailboxes());
        } catch (OtherForm e) {
            return Optional.empty();
        }
    }

    /** The field has another form. */
    private static final class OtherForm extends Exception {
        private static final long serialVersionUID = 1L;

        OtherForm() {
            super("no mailbox-list", null, false, false);
        }
    }

    private List<Author> mailboxes() throws OtherForm {
        List<Author> authors = new ArrayList<>();
        do {
            authors.add(mailbox());
        } while (take(','));
        if (at < text.length()) {
            throw new OtherForm();
        }
        return List.copyOf(authors);
    }

    /** {@code [phrase] "<" addr-spec ">"} or {@code addr-spec}, each with comments around it. */
    private Author mailbox() throws OtherForm {
        StringBuilder names = new StringBuilder();
        List<String> words = new ArrayList<>();
        blanks(names);
        while (at < text.length() && text.charAt(at) != '<' && text.charAt(at) != ',') {
            words.add(text.charAt(at) == '"' ? quoted() : word("@"));
            blanks(names);
        }
        if (!take('<')) {
            if (words.size() != 1) {
                throw new OtherForm();
            }
            return new Author(address(words.get(0)), shown(names.toString()));
        }
        if (words.stream().anyMatch(word -> !word.startsWith("\"") && word.indexOf('@') >= 0)) {
            throw new OtherForm();
        }
        names.append(String.join(" ", words));
        String address = address(word("@"));
        if (!take('>')) {
            throw new OtherForm();
        }
        blanks(names);
        return new Author(address, shown(names.toString()));
    }

    private static String address(String word) throws OtherForm {
        int sign = word.indexOf('@');
        if (sign <= 0 || sign == word.length() - 1 || sign != word.lastIndexOf('@')) {
            throw new OtherForm();
        }
        return word;
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /** Characters of atoms, dots between them included (obs-phrase), and some specials. */
    private String word(String alsoAllowed) throws OtherForm {
        int from = at;
        while (at < text.length() && isOfWord(text.charAt(at), alsoAllowed)) {
            at++;
        }
        if (at == from) {
            throw new OtherForm();
        }
        return text.substring(from, at);
    }

    private static boolean isOfWord(char character, String alsoAllowed) {
        return alsoAllowed.indexOf(character) >= 0 || (character > ' ' && SPECIALS.indexOf(character) < 0);
    }

    /** With its quotes. */
    private String quoted() throws OtherForm {
        int from = at++;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (!take('"')) {
            throw new OtherForm();
        }
        return text.substring(from, at);
    }

    /** Blanks and comments; what comments say is put to the names. */
    private void blanks(StringBuilder names) throws OtherForm {
        int depth = 0;
        while (at < text.length() && (depth > 0 || " \t(".indexOf(text.charAt(at)) >= 0)) {
            char character = text.charAt(at);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            names.append(character);
            at += character == '\\' ? 2 : 1;
        }
        if (depth > 0) {
            throw new OtherForm();
        }
    }

    private static List<String> shown(String names) throws OtherForm {
        return ShownAddresses.in(names).orElseThrow(OtherForm::new);
    }
}
