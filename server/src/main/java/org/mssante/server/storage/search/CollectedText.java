package org.mssante.server.storage.search;

/** The text of a message for its columns, as far as it fits. */
final class CollectedText implements MimeText.Sink {
    private final int limit;
    private final StringBuilder fields = new StringBuilder();
    private final StringBuilder bodies = new StringBuilder();
    private boolean full;

    /** @param limit characters of fields, and of bodies */
    CollectedText(int limit) {
        this.limit = limit;
    }

    @Override
    public void field(String value) {
        append(fields, SearchText.column(value));
        append(fields, "\n");
    }

    @Override
    public void body(char[] text, int length) {
        append(bodies, SearchText.column(new String(text, 0, length)));
    }

    @Override
    public void endOfBody() {
        // no line ends in itself, so no search finds words of two bodies
        append(bodies, "\n\n");
    }

    @Override
    public boolean isContent() {
        return full;
    }

    /** Not all of it will ever be here. */
    void giveUp() {
        full = true;
    }

    /** Whether all of it is here. */
    boolean isComplete() {
        return !full;
    }

    String fields() {
        return fields.toString();
    }

    String bodies() {
        return bodies.toString();
    }

    private void append(StringBuilder to, String text) {
        full |= to.length() + text.length() > limit;
        if (!full) {
            to.append(text);
        }
    }
}
