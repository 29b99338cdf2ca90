package org.mssante.annuaire.api;

import java.util.Optional;

/** The directory's answer to a question about one entry. */
public sealed interface Lookup<T> {
    /** The entry exists. */
    record Found<T>(T value) implements Lookup<T> {}

    /** The directory is sure that there is no such entry. */
    record Absent<T>() implements Lookup<T> {}

    /** The directory did not answer: nothing is known. {@code why} is for the operator. */
    record Unavailable<T>(String why) implements Lookup<T> {}

    /** The entry where it was found; callers that must tell absent from unavailable switch over the type. */
    default Optional<T> found() {
        return this instanceof Found<T> found ? Optional.of(found.value()) : Optional.empty();
    }
}
