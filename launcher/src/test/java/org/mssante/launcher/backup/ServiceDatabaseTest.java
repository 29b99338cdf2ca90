package org.mssante.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;

/** Which databases an instance has, as its configuration names them. */
class ServiceDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void whoHandsWorkOnIsCopiedBeforeWhoTakesIt() throws IOException {
        assertThat(ServiceDatabase.of(instance("jdbc:h2:file:${run}/server/data/mail")))
                .extracting(ServiceDatabase::service)
                .containsExactly(ServiceKind.SERVER, ServiceKind.BRIDGE, ServiceKind.STORE, ServiceKind.ANNUAIRE);
    }

    @Test
    void anEmbeddedDatabaseIsItsFileWithoutTheOptionsOfItsUrl() throws IOException {
        Instance instance = instance("jdbc:h2:file:${run}/server/data/mail;CACHE_SIZE=1");

        assertThat(ServiceDatabase.of(instance).get(0))
                .isEqualTo(new ServiceDatabase.Embedded(
                        ServiceKind.SERVER, instance.runDir().resolve("server/data/mail.mv.db")));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5503/mail, postgresql://db:5503/mail",
        "jdbc:postgresql:mail, postgresql://localhost/mail",
        "jdbc:postgresql://db/mail?socketTimeout=5&sslmode=verify-full, postgresql://db/mail?sslmode=verify-full"
    })
    void postgreSqlIsNamedAsItsOwnProgramsReadIt(String url, String address) throws IOException {
        assertThat(ServiceDatabase.of(instance(url)).get(0))
                .isEqualTo(new ServiceDatabase.PostgreSql(ServiceKind.SERVER, address, "mssante", ""));
    }

    private Instance instance(String url) throws IOException {
        Path home = Path.of(System.getProperty("mssante.home"));
        Path conf = folder.resolve("conf");
        for (ServiceKind kind : ServiceKind.values()) {
            Path file = conf.resolve(kind.folder());
            Files.createDirectories(file);
            String name = kind.folder() + ".properties";
            String shipped =
                    Files.readString(home.resolve("conf").resolve(kind.folder()).resolve(name), StandardCharsets.UTF_8);
            Files.writeString(
                    file.resolve(name),
                    shipped.replaceAll("(?m)^storage\\.url=.*$", "storage.url=" + url.replace("$", "\\$")),
                    StandardCharsets.UTF_8);
        }
        return new Instance(home, folder.resolve("run"), conf, 0);
    }
}
