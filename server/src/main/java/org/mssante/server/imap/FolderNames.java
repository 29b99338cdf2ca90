package org.mssante.server.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.imap.api.process.MailboxType;
import org.mssante.annuaire.api.Language;
import org.mssante.core.settings.Settings;

/** The names of the folders every mailbox has, in each language: the {@code imap.folders.*} settings. Immutable. */
public final class FolderNames {
    private static final String LANGUAGES = "imap.folders.languages";
    /** A use, and a name without the delimiter of folders and without what LIST takes for a pattern. */
    private static final Pattern FOLDER = Pattern.compile("(\\w+):([^.%*#&\\p{Cntrl}]+)");

    private final Map<Language, Map<String, MailboxType>> byLanguage;

    private FolderNames(Map<Language, Map<String, MailboxType>> byLanguage) {
        this.byLanguage = Collections.unmodifiableMap(byLanguage);
    }

    public static FolderNames from(Settings settings) {
        Map<Language, Map<String, MailboxType>> byLanguage = new LinkedHashMap<>();
        for (String tag : settings.list(LANGUAGES)) {
            if (byLanguage.put(language(settings, tag), folders(settings, "imap.folders." + tag)) != null) {
                throw settings.wrong(LANGUAGES, "names " + tag + " twice");
            }
        }
        if (byLanguage.isEmpty()) {
            throw settings.wrong(LANGUAGES, "names no language");
        }
        return new FolderNames(byLanguage);
    }

    /**
     * In the order in which they are made.
     *
     * @param language none, and one that has no names here: the first language of the settings
     */
    Map<String, MailboxType> in(Optional<Language> language) {
        return language.map(byLanguage::get)
                .filter(names -> !names.isEmpty())
                .orElseGet(() -> byLanguage.values().iterator().next());
    }

    /**
     * What the folders of an account are for: those that its language names, whether or not they are there yet, and where it has none
     * of that use, one that was named in another language, which the account had before.
     */
    Map<String, MailboxType> uses(Optional<Language> language, Set<String> present) {
        Map<String, MailboxType> uses = new LinkedHashMap<>(in(language));
        List<MailboxType> served = new ArrayList<>(uses.entrySet().stream()
                .filter(use -> present.contains(use.getKey()))
                .map(Map.Entry::getValue)
                .toList());
        byLanguage.values().stream()
                .map(Map::entrySet)
                .flatMap(Collection::stream)
                .filter(use -> present.contains(use.getKey()))
                .forEach(use -> {
                    if (!served.contains(use.getValue()) && uses.putIfAbsent(use.getKey(), use.getValue()) == null) {
                        served.add(use.getValue());
                    }
                });
        return uses;
    }

    private static Language language(Settings settings, String tag) {
        try {
            return new Language(tag);
        } catch (IllegalArgumentException e) {
            throw settings.wrong(LANGUAGES, "holds " + tag + ": " + e.getMessage());
        }
    }

    private static Map<String, MailboxType> folders(Settings settings, String key) {
        Map<String, MailboxType> folders = new LinkedHashMap<>();
        for (String entry : settings.list(key)) {
            Matcher folder = FOLDER.matcher(entry);
            if (!folder.matches()) {
                throw settings.wrong(key, "holds " + entry + ", which is not of the form Trash:Corbeille");
            }
            MailboxType type = type("\\" + folder.group(1))
                    .orElseThrow(
                            () -> settings.wrong(key, "holds " + folder.group(1) + ", which is no use of RFC 6154"));
            if (folders.put(folder.group(2), type) != null) {
                throw settings.wrong(key, "names " + folder.group(2) + " twice");
            }
        }
        return folders;
    }

    /** The type with that attribute, e.g. {@code \Trash}; empty where RFC 6154 or James has none. */
    private static Optional<MailboxType> type(String attribute) {
        for (MailboxType type : MailboxType.values()) {
            if (attribute.equals(type.getRfc6154attributeName())) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
