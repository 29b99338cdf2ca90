package org.mssante.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorFieldTest {
    private static final String OWN = "dr.test@demo.mssante.fr";

    @ParameterizedTest
    @ValueSource(
            strings = {
                OWN,
                " <" + OWN + "> ",
                "Dr. Camille TEST <" + OWN + ">",
                "\"TEST, Camille; (Dr) <x>\" <" + OWN + ">",
                "=?utf-8?q?Andr=C3=A9?= TEST\r\n <" + OWN + ">",
                "AndrÃ© TEST <" + OWN + ">",
                "\t" + OWN + " (Camille TEST (cabinet))",
                "\"a\\\"b\" <" + OWN + "> (c\\)d)"
            })
    void oneAuthorIsReadFromEveryFormOfTheGrammar(String field) {
        assertThat(AuthorField.read(field)).contains(List.of(new AuthorField.Author(OWN, List.of())));
    }

    @Test
    void severalAuthorsAreReadInTheirOrder() {
        assertThat(addresses("A <a@demo.mssante.fr>, b@demo.mssante.fr ,\"c\" <c@demo.mssante.fr>"))
                .contains(List.of("a@demo.mssante.fr", "b@demo.mssante.fr", "c@demo.mssante.fr"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "personne",
                "<>",
                "dr.martin@demo.mssante.fr <" + OWN + ">",
                "dr.martin@demo.mssante.fr\0 <" + OWN + ">",
                "[x] dr.martin@demo.mssante.fr <" + OWN + ">",
                "a\r\nb <" + OWN + ">",
                "<" + OWN + ">\0",
                "<" + OWN + "> x",
                "<" + OWN,
                OWN + ",",
                OWN + " dr.martin@demo.mssante.fr",
                "grp: " + OWN + ";",
                "<@relay.example.fr:" + OWN + ">",
                "a@b@demo.mssante.fr",
                "@demo.mssante.fr",
                "x@",
                "\"open <" + OWN + ">",
                "(open " + OWN,
                "x) <" + OWN + ">",
                "=?utf-8?q?=3Cdr.martin@demo.mssante.fr=3E=2C?= <" + OWN + ">"
            })
    void whatProgramsReadDifferentlyIsNotRead(String field) {
        assertThat(AuthorField.read(field)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"dr.martin@demo.mssante.fr\" <" + OWN + ">",
                "=?utf-8?q?dr=2Emartin=40demo=2Emssante=2Efr?= <" + OWN + ">",
                "=?utf-8?b?ZHIubWFydGluQGRlbW8ubXNzYW50ZS5mcg==?= <" + OWN + ">",
                OWN + " (dr.martin@demo.mssante.fr)"
            })
    void anAddressShownInANameIsFound(String field) {
        assertThat(AuthorField.read(field))
                .contains(List.of(new AuthorField.Author(OWN, List.of("dr.martin@demo.mssante.fr"))));
    }

    /** Quadratic reading would take minutes. */
    @Test
    void aFieldOfAMegabyteIsReadAtOnce() {
        assertThat(AuthorField.read("\"" + "a@".repeat(500_000) + "\" <" + OWN + ">"))
                .isPresent();
        assertThat(AuthorField.read("(".repeat(1_000_000))).isEmpty();
        assertThat(AuthorField.read("a ".repeat(500_000) + "<" + OWN + ">")).isPresent();
    }

    private static Optional<List<String>> addresses(String field) {
        return AuthorField.read(field)
                .map(authors ->
                        authors.stream().map(AuthorField.Author::address).toList());
    }
}
