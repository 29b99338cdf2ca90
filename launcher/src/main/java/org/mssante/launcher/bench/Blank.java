package org.mssante.launcher.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with gaps, {@code ${name}}, that is filled again and again without reading it again. */
final class Blank {
    private static final Pattern GAP = Pattern.compile("\\$\\{([a-z]+)}");

    private final List<byte[]> texts = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    Blank(String text) {
        Matcher gap = GAP.matcher(text);
        int from = 0;
        while (gap.find()) {
            texts.add(text.substring(from, gap.start()).getBytes(StandardCharsets.UTF_8));
            gaps.add(gap.group(1));
            from = gap.end();
        }
        texts.add(text.substring(from).getBytes(StandardCharsets.UTF_8));
    }

    /** The text in UTF-8 with a value in each gap. */
    byte[] filled(Map<String, String> values) {
        ByteArrayOutputStream filled = new ByteArrayOutputStream(
                texts.stream().mapToInt(text -> text.length).sum() + 64 * gaps.size());
        for (int i = 0; i < gaps.size(); i++) {
            filled.writeBytes(texts.get(i));
            filled.writeBytes(values.get(gaps.get(i)).getBytes(StandardCharsets.UTF_8));
        }
        filled.writeBytes(texts.get(gaps.size()));
        return filled.toByteArray();
    }
}
