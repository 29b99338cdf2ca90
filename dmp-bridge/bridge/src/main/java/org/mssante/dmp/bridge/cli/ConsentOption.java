package org.mssante.dmp.bridge.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.mssante.core.settings.StartupFailure;
import org.mssante.dmp.consent.AuthorCheck;
import org.mssante.dmp.consent.AuthorStanding;
import org.mssante.dmp.consent.ConsentCheck;
import org.mssante.dmp.consent.LocalOpposition;
import org.mssante.dmp.consent.LocalRights;
import org.mssante.dmp.consent.StructureCheck;
import org.mssante.dmp.consent.StructureStanding;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.td02.DmpState;
import picocli.CommandLine.Option;

/**
 * The patient's state as a file says it, in place of the DMP and the register: {@code dmp} is ACTIVE, ABSENT, CLOSED,
 * OPPOSED, BLOCKED or UNAVAILABLE; {@code opposition} is INO, IO, NA, NONE or UNAVAILABLE; {@code blocked} lists national
 * identifiers; {@code author} is the {@link AuthorStanding} of the authors, {@code structure} the {@link StructureStanding} of their
 * structures. What is not given is ACTIVE, NONE, nobody, UNCHECKED and UNCHECKED.
 */
final class ConsentOption {
    private static final String UNAVAILABLE = "UNAVAILABLE";

    @Option(
            names = "--consent",
            paramLabel = "FILE",
            description = "Decide on the patient's rights, too: a file with dmp=ACTIVE|ABSENT|CLOSED|OPPOSED|BLOCKED|"
                    + "UNAVAILABLE, opposition=INO|IO|NA|NONE|UNAVAILABLE, blocked=PS_IDNAT,…, author=ACTIVE|UNLISTED|NOTED|"
                    + "WITHOUT_RPPS|NOTED_WITHOUT_RPPS|BLOCKED|UNCHECKED|UNAVAILABLE, structure=KNOWN|UNLISTED|NOTED|"
                    + "WITHOUT_STRUCTURE|NOTED_WITHOUT_STRUCTURE|UNCHECKED|UNAVAILABLE")
    private Optional<Path> file = Optional.empty();

    /** Empty where the rights are not asked for. */
    Optional<ConsentCheck> check() {
        return file.map(ConsentOption::read);
    }

    private static ConsentCheck read(Path file) {
        Properties given = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            given.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupFailure("The file " + file + " cannot be read: name a file of key=value lines.", e);
        }
        refuseOthers(given, file);
        Answer<DmpState> state = value(given, "dmp", DmpState.ACTIVE.name()).equals(UNAVAILABLE)
                ? new Answer.Unavailable<>("the file says so")
                : new Answer.Given<>(one(given, file, "dmp", DmpState.ACTIVE));
        LocalRights rights = new LocalRights(
                one(given, file, "opposition", LocalOpposition.NONE),
                Arrays.stream(value(given, "blocked", "").split("\\s*,\\s*"))
                        .filter(id -> !id.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                file.getFileName().toString());
        return new ConsentCheck(
                patient -> state,
                patient -> rights,
                new ConsentCheck.Authority(
                        AuthorCheck.saying(one(given, file, "author", AuthorStanding.UNCHECKED)),
                        StructureCheck.saying(one(given, file, "structure", StructureStanding.UNCHECKED))));
    }

    private static void refuseOthers(Properties given, Path file) {
        Set<String> others = given.stringPropertyNames().stream()
                .filter(key -> !Set.of("dmp", "opposition", "blocked", "author", "structure")
                        .contains(key))
                .collect(Collectors.toUnmodifiableSet());
        if (!others.isEmpty()) {
            throw new StartupFailure("The file " + file + " has unknown keys " + others + ": see --help.");
        }
    }

    private static String value(Properties given, String key, String otherwise) {
        return given.getProperty(key, otherwise).strip().toUpperCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E one(Properties given, Path file, String key, E otherwise) {
        String value = value(given, key, otherwise.name());
        return Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .filter(known -> known.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new StartupFailure("The file " + file + " says " + key + "=" + value
                        + ", which is no value of " + key + ": see --help."));
    }
}
