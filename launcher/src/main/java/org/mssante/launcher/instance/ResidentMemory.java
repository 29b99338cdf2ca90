package org.mssante.launcher.instance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the resident memory of a process from {@code /proc} (proc(5)); other systems do not tell. */
final class ResidentMemory {
    private static final Pattern VM_RSS = Pattern.compile("VmRSS:\\s+([0-9]+) kB");
    private static final int KILOBYTE = 1024;

    private ResidentMemory() {}

    static OptionalLong ofProcess(long pid) {
        try {
            Path status = Path.of("/proc", Long.toString(pid), "status");
            Matcher line = VM_RSS.matcher(Files.readString(status, StandardCharsets.UTF_8));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) * KILOBYTE) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
