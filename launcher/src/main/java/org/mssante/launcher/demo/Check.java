package org.mssante.launcher.demo;

/** One thing that must be so, and what was seen instead or in confirmation. */
public record Check(String expected, String seen, boolean ok) {

    static Check that(String expected, boolean holds, String seen) {
        return new Check(expected, seen, holds);
    }

    /** Passes where the text holds the expected words. */
    static Check contains(String expected, String words, String seen) {
        return new Check(expected, seen, seen.contains(words));
    }
}
