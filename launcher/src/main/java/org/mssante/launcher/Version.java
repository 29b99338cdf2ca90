package org.mssante.launcher;

import java.util.Optional;

/** Which version of the project this is, as its build has written it down. */
public final class Version {
    private Version() {}

    /** {@code unknown} for classes that were never put into a jar. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }
}
