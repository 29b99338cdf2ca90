package org.mssante.dmp.cda;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A small association table shipped as a data file: UTF-8, semicolons, comment lines with #, a header line, the key in
 * the first column. The line {@code # version …} names the edition of the source.
 */
public final class CodeTable {
    private static final String VERSION = "# version ";

    private final String version;
    private final Map<String, List<String>> rows;

    private CodeTable(String version, Map<String, List<String>> rows) {
        this.version = version;
        this.rows = rows;
    }

    /** @param owner the class beside whose package's resources the table stands */
    public static CodeTable load(Class<?> owner, String resource) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        String version = "";
        boolean heading = true;
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the table " + resource + " is not on the class path");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(VERSION)) {
                    version = line.substring(VERSION.length()).strip();
                } else if (!line.startsWith("#") && !line.isBlank()) {
                    List<String> cells = List.of(line.split(";", -1));
                    if (!heading) {
                        rows.put(cells.get(0), cells.subList(1, cells.size()));
                    }
                    heading = false;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + resource + " cannot be read", e);
        }
        return new CodeTable(version, rows);
    }

    public String version() {
        return version;
    }

    /** The keys in their order. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(rows.keySet());
    }

    /** The cells behind the key. */
    public Optional<List<String>> row(String key) {
        return Optional.ofNullable(rows.get(key));
    }
}
