package org.mssante.server.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.imap.api.process.MailboxType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.api.Language;
import org.mssante.core.settings.Settings;
import org.mssante.core.settings.StartupFailure;

final class FolderNamesTest {
    private static final Optional<Language> ENGLISH = Optional.of(new Language("en"));
    private static final String SHIPPED = """
            imap.folders.languages=fr,en
            imap.folders.fr=Trash:Corbeille,Archive:Archives
            imap.folders.en=Trash:Trash,Archive:Archive
            """;

    @TempDir
    Path folder;

    @Test
    void aMailboxWithoutLanguageOrOfOneWithoutNamesHasThoseOfTheFirst() throws IOException {
        FolderNames names = names(SHIPPED + "imap.folders.de=\n", "fr,en", "fr,en,de");

        assertThat(names.in(ENGLISH).keySet()).containsExactly("Trash", "Archive");
        assertThat(names.in(Optional.empty()).keySet()).containsExactly("Corbeille", "Archives");
        assertThat(names.in(Optional.of(new Language("de"))).keySet()).containsExactly("Corbeille", "Archives");
        assertThat(names.in(Optional.of(new Language("br"))).keySet()).containsExactly("Corbeille", "Archives");
    }

    @Test
    void foldersThatWereNamedInAnotherLanguageKeepTheirUseWhereNoOtherHasIt() throws IOException {
        FolderNames names = names(SHIPPED, "", "");

        assertThat(names.uses(ENGLISH, Set.of("INBOX", "Corbeille", "Archives", "Archive")))
                .isEqualTo(Map.of(
                        "Trash", MailboxType.TRASH,
                        "Archive", MailboxType.ARCHIVE,
                        "Corbeille", MailboxType.TRASH));
    }

    @Test
    void aNameOfTheMailboxsOwnLanguageIsReadInThatLanguage() throws IOException {
        FolderNames names = names(SHIPPED, "Archive:Archives", "Archive:Trash");

        assertThat(names.uses(ENGLISH, Set.of("INBOX", "Trash")))
                .isEqualTo(Map.of("Trash", MailboxType.TRASH, "Archive", MailboxType.ARCHIVE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            =fr,en             | =                  | imap.folders.languages | names no language
            =fr,en             | =fr,fr             | imap.folders.languages | names fr twice
            =fr,en             | =fr,en-GB          | imap.folders.languages | holds en-GB: a language is a primary tag of BCP 47 such as fr or en
            Trash:Corbeille    | Trash              | imap.folders.fr        | holds Trash, which is not of the form Trash:Corbeille
            Trash:Trash        | Trash:Tr.ash       | imap.folders.en        | holds Trash:Tr.ash, which is not of the form Trash:Corbeille
            Trash:Trash        | Bin:Trash          | imap.folders.en        | holds Bin, which is no use of RFC 6154
            Trash:Trash        | Trash:Archive      | imap.folders.en        | names Archive twice
            """)
    void refusesSettingsThatNameNoFolders(String right, String wrong, String key, String why) {
        assertThatThrownBy(() -> names(SHIPPED, right, wrong))
                .isInstanceOf(StartupFailure.class)
                .hasMessage("The setting " + key + " in " + folder.resolve("s.properties") + " " + why
                        + ": correct it and start again.");
    }

    private FolderNames names(String text, String right, String other) throws IOException {
        Path file =
                Files.writeString(folder.resolve("s.properties"), text.replace(right, other), StandardCharsets.UTF_8);
        return FolderNames.from(Settings.load(file, folder, 0));
    }
}
