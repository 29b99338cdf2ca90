package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Compares what fails with the list of {@code docs/imap-conformance.md}, each line of which explains one script: a script
 * that is listed and passes fails the test as much as one that is not listed and fails.
 */
final class KnownFailures implements InvocationInterceptor {
    private static final Pattern LISTED = Pattern.compile("^\\| `(\\w+\\.\\w+)` \\|", Pattern.MULTILINE);

    private final Set<String> listed = listed();
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    /** Every listed script must have been run. */
    void assertAllSeen() {
        Set<String> unknown = new TreeSet<>(listed);
        unknown.removeAll(seen);
        assertThat(unknown).as("listed, and no script of that name").isEmpty();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        String name = context.getRequiredTestClass().getSimpleName() + "."
                + test.getExecutable().getName();
        seen.add(name);
        if (listed.contains(name)) {
            assertThat(fails(invocation))
                    .as("%s is listed as failing and passes: take it off docs/imap-conformance.md", name)
                    .isTrue();
        } else {
            invocation.proceed();
        }
    }

    private static boolean fails(Invocation<Void> invocation) throws Throwable {
        try {
            invocation.proceed();
            return false;
        } catch (TestAbortedException e) {
            throw e;
        } catch (Exception | AssertionError e) { // how James' runner reports a difference
            return true;
        }
    }

    private static Set<String> listed() {
        Path page = Path.of(System.getProperty("mssante.home"), "docs", "imap-conformance.md");
        try {
            return LISTED.matcher(Files.readString(page, StandardCharsets.UTF_8))
                    .results()
                    .map((MatchResult line) -> line.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new IllegalStateException(page + " cannot be read", e);
        }
    }
}
