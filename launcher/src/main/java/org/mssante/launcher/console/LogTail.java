package org.mssante.launcher.console;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, and what is appended to it later. */
public final class LogTail {
    private static final long MAX_READ = 1024L * 1024;

    private final String name;
    private final Path file;
    private long position;

    public LogTail(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    public String name() {
        return name;
    }

    public List<String> last(int count) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        position = bytes.length;
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** Passes over what is there by now. */
    public void skip() throws IOException {
        position = Files.size(file);
    }

    /** The whole lines written since the last call, a megabyte of them at most; a file that became shorter is read from its beginning. */
    public List<String> more() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            if (log.length() < position) {
                position = 0;
            }
            log.seek(position);
            byte[] bytes = new byte[Math.toIntExact(Math.min(log.length() - position, MAX_READ))];
            log.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            position += end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
