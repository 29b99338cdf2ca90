package org.mssante.dmp.bridge.extract;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a document stood in its mail, for traces and operators: senders name files after their patients ({@code
 * 20260114_crbio_NOM_Prenom.pdf}, ECO.2.1.6), so only positions, the names of the IHE XDM layout and the kind of a file stay.
 */
public final class UnnamedSource {
    private static final Pattern STEPS = Pattern.compile("[/!]");
    private static final Pattern POSITION = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){0,50}");
    private static final Pattern LAYOUT = Pattern.compile(
            "(?i)IHE_XDM(\\.zip)?|SUBSET\\d{1,4}|METADATA\\.XML|DOC\\d{1,8}\\.[a-z0-9]{1,5}|INDEX\\.HTM|README\\.TXT");
    private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{1,5}");

    private UnnamedSource() {}

    /** @param source as {@link Extracted#source()} gives it */
    public static String of(String source) {
        return Arrays.stream(source.split("(?<=[/!])", -1))
                .map(UnnamedSource::step)
                .collect(Collectors.joining());
    }

    private static String step(String step) {
        String end = step.isEmpty()
                        || !STEPS.matcher(step.substring(step.length() - 1)).matches()
                ? ""
                : step.substring(step.length() - 1);
        String name = step.substring(0, step.length() - end.length());
        if (name.isEmpty()
                || POSITION.matcher(name).matches()
                || LAYOUT.matcher(name).matches()) {
            return step;
        }
        String ending = name.substring(Math.max(name.lastIndexOf('.'), 0));
        return "*" + (ENDING.matcher(ending).matches() ? ending : "") + end;
    }
}
