package org.mssante.dmp.consent;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mssante.annuaire.api.Lookup;

/**
 * Asks the annuaire for numbers until one is what is wanted. A document may name any number of authors, and each question may
 * take as long as the annuaire may: each number is asked for once, twenty at most, and none after one without an answer.
 */
enum Inquiry {
    FOUND,
    NOT_FOUND,
    UNANSWERED;

    private static final int MOST = 20;

    static <N, V> Inquiry of(List<N> numbers, Function<N, Lookup<V>> annuaire, Predicate<V> wanted) {
        for (N number : numbers.stream().distinct().limit(MOST).toList()) {
            Lookup<V> answer = annuaire.apply(number);
            if (answer instanceof Lookup.Unavailable) {
                return UNANSWERED;
            }
            if (answer.found().filter(wanted).isPresent()) {
                return FOUND;
            }
        }
        return NOT_FOUND;
    }
}
