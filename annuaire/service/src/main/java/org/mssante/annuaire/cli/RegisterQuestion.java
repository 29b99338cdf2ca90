package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks the running annuaire about the register, over its control socket. */
final class RegisterQuestion {
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(2);

    private final AnnuaireSocket annuaire;

    RegisterQuestion(Path runDir) {
        this.annuaire = new AnnuaireSocket(runDir);
    }

    /** The last runs, the newest last. */
    JsonNode runs(int most) {
        return annuaire.get(List.of("register", "runs"), Map.of("most", Integer.toString(most)));
    }

    /**
     * Looks at the register and waits for the end.
     *
     * @param progress takes an English line now and then
     */
    JsonNode look(String permission, Consumer<String> progress) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<JsonNode> answer =
                    thread.submit(() -> annuaire.post(List.of("register", "look"), Map.of("permission", permission)));
            String told = "";
            while (true) {
                try {
                    return answer.get(BETWEEN_WORDS.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    String words = words();
                    if (!words.isEmpty() && !words.equals(told)) {
                        progress.accept(words);
                        told = words;
                    }
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailure failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted; the annuaire goes on with its look at the register.");
        } finally {
            thread.shutdown();
        }
    }

    private String words() {
        try {
            return annuaire.text(List.of("register", "progress"));
        } catch (IOException e) {
            // the answer waited for will tell
            return "";
        }
    }
}
