package org.mssante.server.storage.search;

/** Looks for words in the text of a message as it streams by; holds no more of it than the words are long. */
final class TextMatch implements MimeText.Sink {
    private final String wanted;
    private final boolean alsoInFields;
    private String carried = "";
    private boolean found;

    /** @param alsoInFields TEXT rather than BODY (RFC 3501 §6.4.4) */
    TextMatch(String wanted, boolean alsoInFields) {
        this.wanted = SearchText.folded(wanted);
        this.alsoInFields = alsoInFields;
        this.found = this.wanted.isEmpty();
    }

    @Override
    public void field(String value) {
        found |= alsoInFields && SearchText.folded(value).contains(wanted);
    }

    @Override
    public void body(char[] text, int length) {
        String window = carried + SearchText.folded(new String(text, 0, length));
        found |= window.contains(wanted);
        carried = window.substring(Math.max(0, window.length() - wanted.length()));
    }

    @Override
    public void endOfBody() {
        carried = "";
    }

    @Override
    public boolean isContent() {
        return found;
    }

    boolean found() {
        return found;
    }
}
