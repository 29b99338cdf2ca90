package org.mssante.dmp.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The sizes that the mail server and the bridge are shipped with fit each other. */
class ShippedLimitsTest {
    private static final Path CONF = Path.of(System.getProperty("mssante.home", "../.."), "conf");

    @Test
    void theIntakeTakesTheLargestMailOfTheServerSignedInBase64() throws IOException {
        long mail = number("server/server.properties", "smtp.message.max.bytes");
        long header = number("server/server.properties", "smtp.header.max.bytes");
        // four characters for three octets, and a line break after each 76 of them
        long signed = (mail + 2) / 3 * 4 * 78 / 76 + header;

        assertThat(number("bridge/bridge.properties", "intake.max-message-bytes"))
                .isGreaterThan(signed);
    }

    @Test
    void theServerTakesTheLargestReceipt() throws IOException {
        assertThat(number("bridge/bridge.properties", "receipt.max-message-bytes"))
                .isLessThan(number("server/server.properties", "smtp.message.max.bytes"));
    }

    private static long number(String file, String key) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(CONF.resolve(file))) {
            properties.load(in);
        }
        return Long.parseLong(properties.getProperty(key));
    }
}
