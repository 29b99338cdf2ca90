package org.mssante.dmp.consent;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Professional;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Rpps;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Xcn;

/**
 * Asks the annuaire whether a professional with an RPPS number among the authors exists and is active (application error
 * 901). Thread-safe.
 */
public final class AuthorCheck {
    /** PS_IdNat. */
    private static final String NATIONAL = "1.2.250.1.71.4.2.1";

    private final Function<List<Author>, AuthorStanding> standing;

    /** @param annuaire knows the professionals; thread-safe, and does not throw where it is away */
    public AuthorCheck(Function<Rpps, Lookup<Professional>> annuaire, Rules rules) {
        this.standing = authors -> standing(annuaire, rules, authors);
    }

    private AuthorCheck(AuthorStanding said) {
        this.standing = authors -> said;
    }

    /** Asks nobody: what is known of the authors is said beforehand. */
    public static AuthorCheck saying(AuthorStanding standing) {
        return new AuthorCheck(standing);
    }

    /**
     * What is asked of authors.
     *
     * @param listed that one is an active professional of the annuaire
     * @param numbered that one has an RPPS number at all
     */
    public record Rules(Strictness listed, Strictness numbered) {}

    AuthorStanding of(List<Author> authors) {
        return standing.apply(authors);
    }

    private static AuthorStanding standing(
            Function<Rpps, Lookup<Professional>> annuaire, Rules rules, List<Author> authors) {
        List<Rpps> numbers = numbers(authors);
        if (numbers.isEmpty()) {
            return switch (rules.numbered()) {
                case OFF -> AuthorStanding.UNCHECKED;
                case NOTE -> AuthorStanding.NOTED_WITHOUT_RPPS;
                case REFUSE -> AuthorStanding.WITHOUT_RPPS;
            };
        }
        if (rules.listed() == Strictness.OFF) {
            return AuthorStanding.UNCHECKED;
        }
        return ask(annuaire, rules.listed(), numbers);
    }

    private static AuthorStanding ask(
            Function<Rpps, Lookup<Professional>> annuaire, Strictness strictness, List<Rpps> numbers) {
        boolean noted = strictness == Strictness.NOTE;
        return switch (Inquiry.of(numbers, annuaire, Professional::active)) {
            case FOUND -> AuthorStanding.ACTIVE;
            case NOT_FOUND -> noted ? AuthorStanding.NOTED : AuthorStanding.UNLISTED;
            case UNANSWERED -> noted ? AuthorStanding.UNCHECKED : AuthorStanding.UNAVAILABLE;
        };
    }

    /** The national identifiers of the authors, PS_IdNat. */
    static List<String> nationalIds(List<Author> authors) {
        return authors.stream()
                .flatMap(author -> author.person().stream())
                .filter(person -> person.authority().equals(NATIONAL))
                .map(Xcn::id)
                .toList();
    }

    private static List<Rpps> numbers(List<Author> authors) {
        return nationalIds(authors).stream().flatMap(id -> number(id).stream()).toList();
    }

    /** Empty for an identifier of another register: ADELI, or one internal to a structure. */
    private static Optional<Rpps> number(String nationalId) {
        try {
            return Optional.of(Rpps.ofNationalId(nationalId));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }
}
