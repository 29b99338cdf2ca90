package org.mssante.dmp.bridge.extract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mssante.core.mail.XdmSubject;
import org.mssante.dmp.cda.CdaHeader;
import org.mssante.dmp.cda.Name;

/**
 * Compares the patient named in the subject of a mail, {@code XDM/1.0/DDM+<label> <NAME> <given name> <date of birth>}
 * (ECO.2.1.3), with the patient of each document. A subject without the prefix of that form, or that ends in no date of birth,
 * names nobody: people write dates of other things.
 */
final class SubjectCheck {
    private static final Pattern BIRTH_DATE =
            Pattern.compile("(?<day>[0-3][0-9])[/.-](?<month>[01][0-9])[/.-](?<year>[12][0-9]{3})\\s*$");

    private final PackageRules rules;

    SubjectCheck(PackageRules rules) {
        this.rules = rules;
    }

    List<Extracted> judge(String subject, List<Extracted> found) {
        Matcher date = BIRTH_DATE.matcher(subject);
        if (!XdmSubject.announcesDocuments(subject) || !date.find()) {
            return found;
        }
        String born = date.group("year") + date.group("month") + date.group("day");
        Set<String> words = words(subject.substring(0, date.start()));
        return found.stream()
                .map(result -> result instanceof Extracted.Document document ? judge(document, words, born) : result)
                .toList();
    }

    private Extracted judge(Extracted.Document document, Set<String> words, String born) {
        boolean name = named(document.header(), words);
        boolean date = born(document.header(), born);
        if (name && date) {
            return document;
        }
        PackageFinding finding = name || date ? PackageFinding.SUBJECT_DOUBTFUL : PackageFinding.SUBJECT_DIFFERS;
        return rules.applied(finding, document);
    }

    /** True where all words of one of the patient's family names stand in the subject. */
    private static boolean named(CdaHeader header, Set<String> subject) {
        return header.patients().stream()
                .flatMap(patient -> patient.name().families().stream())
                .map(Name.Part::text)
                .map(SubjectCheck::words)
                .anyMatch(name -> !name.isEmpty() && subject.containsAll(name));
    }

    /** A date of birth that the document gives by its year or month only is compared as far as it goes. */
    private static boolean born(CdaHeader header, String date) {
        return header.patients().stream()
                .flatMap(patient -> patient.birthDate().stream())
                .anyMatch(date::startsWith);
    }

    /** The words of a text without accents, case and punctuation. */
    private static Set<String> words(String text) {
        return Arrays.stream(Unaccented.of(text).toUpperCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
