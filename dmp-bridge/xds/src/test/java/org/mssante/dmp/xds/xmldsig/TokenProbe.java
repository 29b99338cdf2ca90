package org.mssante.dmp.xds.xmldsig;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.certs.SharedPki;
import org.mssante.core.id.Ins;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.vihf.Requester;
import org.mssante.dmp.xds.vihf.VihfCheck;
import org.mssante.dmp.xds.vihf.VihfIssuer;

/** What a test does with a token in a process of its own, whose environment names it: {@code import|sign CFG PIN-FILE}. */
final class TokenProbe {
    static final String ACCEPTED = "Accepted";

    private TokenProbe() {}

    public static void main(String[] args) throws Exception {
        Path configuration = Path.of(args[1]);
        Path pin = Path.of(args[2]);
        KeyMaterial seal = KeyMaterial.load(SharedPki.folder().resolve("sign/bridge"));
        if (args[0].equals("import")) {
            KeyStore token = KeyStore.getInstance(
                    "PKCS11", Security.getProvider("SunPKCS11").configure(configuration.toString()));
            token.load(null, Files.readString(pin, StandardCharsets.UTF_8).toCharArray());
            token.setKeyEntry("seal", seal.key(), null, seal.chain().toArray(X509Certificate[]::new));
            return;
        }
        try {
            KeyMaterial key = new SigningKey(configuration, Optional.of(pin), Optional.empty()).load(Instant.now());
            Requester requester = new Requester(
                    "1/x",
                    "X",
                    "1",
                    new Code("SA01", "1.2.3", ""),
                    new Code("AUTOMATE", "1.2.3", ""),
                    new Requester.Software("1", "X", "1", "1"));
            Optional<Ins> nobody = Optional.empty();
            VihfCheck check = new VihfCheck(
                    new VihfCheck.Rules(
                            new Signers(
                                    PemFiles.certificatesOfFolder(
                                            SharedPki.folder().resolve("anchors")),
                                    Set.of(seal.leaf().getSubjectX500Principal())),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(1)),
                    Clock.systemUTC());
            System.out.println(check.of(
                            List.of(new VihfIssuer(requester, key, Optional.empty(), Clock.systemUTC()).header(nobody)),
                            nobody)
                    .getClass()
                    .getSimpleName());
        } catch (StartupFailure e) {
            System.out.println(e.getMessage());
        }
    }
}
