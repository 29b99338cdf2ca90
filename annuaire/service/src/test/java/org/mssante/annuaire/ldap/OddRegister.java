package org.mssante.annuaire.ldap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.annuaire.AnnuaireFixture;

/** The demonstration's extracts, with names and numbers added that are hard to compare. */
final class OddRegister {
    /** Words of names, and what people type for them. */
    static final List<String> WORDS = List.of(
            "Hélène",
            "helene",
            "HÉLÈNE",
            "D'EXEMPLE",
            "d’exemple",
            "Jean-Luc",
            "jean luc",
            "Œuvrard",
            "oeuvrard",
            "Noël",
            "NOEL",
            "a",
            "Ab",
            "ABBA",
            "abc  abc",
            "abc abc",
            "Maël",
            "*?\\",
            "(x)",
            "x  y",
            "Strauß",
            "straße",
            "ﬁn",
            "fin",
            "Ｌyon",
            "Ægir",
            "Åsa",
            "Zażółć",
            "ç",
            "20117",
            "É",
            "𠮷lix",
            "ﬀ");

    private static final List<String> PHONES = List.of(
            "04 90 12 34 56", "0490123456", "04-90-12-34-56", "+33 4 90 12 34 56", "0490 12", "0033 (0)490 123456");

    private static final int MAILBOXES = 150;

    private final Random random;

    OddRegister(Random random) {
        this.random = random;
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(AnnuaireFixture.home().resolve("conf/demo/extracts"))) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                String name = file.getFileName().toString();
                List<String> written = new ArrayList<>(lines);
                if (name.startsWith("PS_LibreAcces_Personne_activite")) {
                    written = changed(lines, "Téléphone (coord. structure)", old -> old.isEmpty() ? old : of(PHONES));
                } else if (name.startsWith("Extraction_Correspondance_MSSante")) {
                    for (int i = 0; i < MAILBOXES; i++) {
                        written.add(mailbox(lines.get(0), i));
                    }
                }
                Files.write(folder.resolve(name), written, StandardCharsets.UTF_8);
            }
        }
    }

    private static List<String> changed(List<String> lines, String column, UnaryOperator<String> change) {
        int at = Arrays.asList(lines.get(0).split("\\|", -1)).indexOf(column);
        return lines.stream()
                .map(line -> {
                    String[] values = line.split("\\|", -1);
                    if (!values[at].equals(column)) {
                        values[at] = change.apply(values[at]);
                    }
                    return String.join("|", values);
                })
                .toList();
    }

    private String mailbox(String header, int number) {
        Map<String, String> values = new HashMap<>();
        values.put("Type de BAL", of(List.of("PER", "ORG", "CAB")));
        values.put("Adresse BAL", "e" + number + of(List.of("", ".x", "-Y", "+z")) + "@odd.mssante.fr");
        values.put("Nom d'exercice", words());
        values.put("Prénom d'exercice", random.nextBoolean() ? words() : "");
        values.put("Service de rattachement", random.nextBoolean() ? words() : "");
        values.put("Raison Sociale structure BAL", random.nextBoolean() ? words() : "");
        values.put("Code Profession", of(List.of("10", "60", "")));
        values.put("Libellé Profession", random.nextBoolean() ? words() : "");
        values.put("L6LIGNEACHEMINEMENT structure BAL", "20117 " + words());
        values.put("Code postal structure BAL", of(List.of("20117", "01000", "L-1468", "")));
        values.put("L4LIBELLEVOIE structure BAL", random.nextBoolean() ? words() : "");
        return Arrays.stream(header.split("\\|", -1))
                .map(column -> values.getOrDefault(column.strip(), ""))
                .collect(Collectors.joining("|"));
    }

    private String words() {
        return random.nextBoolean() ? of(WORDS) : of(WORDS) + " " + of(WORDS);
    }

    private String of(List<String> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
