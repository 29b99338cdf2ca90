package org.mssante.annuaire.registry;

/** Texts of one line. They are shown on operators' terminals, which obey control characters. */
final class PlainText {
    private PlainText() {}

    /** @throws InvalidRegistrationException that names {@code what} */
    static void check(String what, String text) {
        if (text.codePoints().anyMatch(PlainText::isControl)) {
            throw new InvalidRegistrationException(what + " holds control characters");
        }
    }

    /** Those that turn the direction of what follows count, too: they make a text look like another one. */
    private static boolean isControl(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
