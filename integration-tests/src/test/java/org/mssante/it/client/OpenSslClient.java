package org.mssante.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.ServicePort;

/** {@code openssl s_client} to a port of an instance, whose certificate it checks. */
final class OpenSslClient {
    private OpenSslClient() {}

    /**
     * Starts it.
     *
     * @param startTls the protocol it speaks up to STARTTLS; empty: TLS from the first octet
     * @param identity the client certificate, a folder below {@code run/certs}; empty for none
     * @param options of the program besides
     */
    static Process start(
            TestInstance instance,
            ServicePort port,
            Optional<String> startTls,
            Optional<String> identity,
            String... options) {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                instance.endpoint(port).toString(),
                "-verify_return_error",
                "-CAfile",
                instance.anchorBundle().toString()));
        startTls.ifPresent(protocol -> command.addAll(List.of("-starttls", protocol)));
        identity.ifPresent(name -> {
            Path folder = instance.instance().certificates().resolve(name);
            command.addAll(List.of(
                    "-cert",
                    folder.resolve("cert.pem").toString(),
                    "-key",
                    folder.resolve("key.pem").toString()));
        });
        command.addAll(List.of(options));
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
