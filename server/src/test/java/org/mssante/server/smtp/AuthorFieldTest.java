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
                "\"=?utf-8?q?Andr=C3=A9 TEST?=\" <" + OWN + ">",
                "=?utf-8?b?QW5kcsOp?= =?unicode-1-1-utf-8?q?_TEST?= <" + OWN + ">",
                "=?iso-8859-1?q?Andr=E9=2C?= =?windows-1252?q?_TEST?= (=?utf-8?q??=) <" + OWN + ">",
                "\"Pourquoi ? (=1)\" <" + OWN + ">",
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
                OWN + " (dr.martin@demo.mssante.fr)",
                OWN + " (=?utf-8?q?dr=2Emartin=40demo=2Emssante=2Efr?=)",
                "\"=?utf-8?q?dr=2Emartin=40demo=2Emssante=2Efr?=\" <" + OWN + ">",
                "=?utf-8?q?dr=2Emartin?==?utf-8?q?=40demo=2Emssante=2Efr?= <" + OWN + ">",
                "\"Dr=?utf-8?q?_dr=2Emartin?= =?iso-8859-1*fr?Q?=40demo=2Emssante=2Efr?=.\" <" + OWN + ">",
                "=?utf-8?q?dr=2Emartin=EF?= =?utf-8?b?vKBkZW1vLm1zc2FudGUuZnI=?= <" + OWN + ">",
                "\"dr.martin\u00ef\u00bc\u00a0demo.mssante.fr\" <" + OWN + ">",
                "\"dr.martin\u00ef\u00b9\u00abdemo.mssante.fr\" <" + OWN + ">",
                "\"dr.martin@demo.mssante.fr\u00e2\u0080\u008b\" <" + OWN + ">",
                "\"dr.mar\u00c2\u00adtin@demo.mssante.fr\" <" + OWN + ">",
                "\"\u00c2\u00abdr.martin@demo.mssante.fr\u00c2\u00bb\" <" + OWN + ">",
                "\"dr.martin\\@demo.mssante.fr\" <" + OWN + ">",
                "\"'dr.martin@demo.mssante.fr'\" <" + OWN + ">"
            })
    void anAddressShownInANameIsFound(String field) {
        assertThat(AuthorField.read(field))
                .contains(List.of(new AuthorField.Author(OWN, List.of("dr.martin@demo.mssante.fr"))));
    }

    /** What a client would make of it is not known. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?unknown?q?TEST?=",
                "=?no charset?q?TEST?=",
                "=?utf-8?x?TEST?=",
                "=?utf-8?b?VEV.VA==?=",
                "=?utf-8?b?VEVTV?=",
                "=?utf-8?q?TES=5?=",
                "=?utf-8?q?TES=?=",
                "=?utf-8?q?TE=+4T?=",
                "\"=?utf-8?q?TEST\"",
                "\"=?utf-8?q?Andr\u00c3\u00a9?=\"",
                "=?utf-8?q?=3D=3Futf-8=3Fq=3FTEST=3F=3D?="
            })
    void aNameThatCannotBeDecodedIsNotRead(String name) {
        assertThat(AuthorField.read(name + " <" + OWN + ">")).isEmpty();
        assertThat(AuthorField.read(OWN + " (" + name + ")")).isEmpty();
    }

    /** Quadratic reading would take minutes. */
    @Test
    void aFieldOfAMegabyteIsReadAtOnce() {
        assertThat(AuthorField.read("\"" + "a@".repeat(500_000) + "\" <" + OWN + ">"))
                .isPresent();
        assertThat(AuthorField.read("(".repeat(1_000_000))).isEmpty();
        assertThat(AuthorField.read("a ".repeat(500_000) + "<" + OWN + ">")).isPresent();
        assertThat(AuthorField.read("=?a".repeat(300_000) + " <" + OWN + ">")).isEmpty();
        assertThat(AuthorField.read("=?utf-8?q?a?=".repeat(70_000) + " <" + OWN + ">"))
                .isPresent();
        assertThat(AuthorField.read("\"" + "\u00cc\u0096\u00cc\u0081".repeat(250_000) + "\" <" + OWN + ">"))
                .isPresent();
    }

    private static Optional<List<String>> addresses(String field) {
        return AuthorField.read(field)
                .map(authors ->
                        authors.stream().map(AuthorField.Author::address).toList());
    }
}
