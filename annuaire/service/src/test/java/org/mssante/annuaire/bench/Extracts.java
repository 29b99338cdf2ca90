package org.mssante.annuaire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.mssante.annuaire.generate.Edition;
import org.mssante.annuaire.generate.ExtractFiles;
import org.mssante.annuaire.generate.Size;

/** The register that benchmarks take over: of national size, or smaller with the same proportions. */
public final class Extracts {
    private Extracts() {}

    public static void generate(Path folder, Size size, Edition edition) throws IOException {
        new ExtractFiles(1, size, edition, line -> {}).write(Files.createDirectories(folder), ExtractFiles.Form.TEXT);
    }

    /** Takes the files of one folder away and puts those of another in their place. */
    static void replace(Path extracts, Path next) throws IOException {
        for (Path file : files(extracts)) {
            Files.delete(file);
        }
        for (Path file : files(next)) {
            Files.move(file, extracts.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
