package org.mssante.dmp.bridge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.dmp.xds.xmldsig.SigningKey;

/**
 * The keys that sign what is sent to the DMP. Each is loaded once, also where one signs everything: a token counts its sessions, and some
 * ask for the PIN each time.
 *
 * @param submissions empty where submissions are not signed
 */
record SigningKeys(Optional<KeyMaterial> vihf, Optional<KeyMaterial> submissions) {

    static SigningKeys of(BridgeSettings.DmpPart part, Function<SigningKey, KeyMaterial> loader) {
        return of(
                part.vihf().map(BridgeSettings.VihfPart::key),
                part.signature().map(BridgeSettings.SignaturePart::key),
                loader);
    }

    static SigningKeys of(
            Optional<SigningKey> vihf, Optional<SigningKey> submissions, Function<SigningKey, KeyMaterial> loader) {
        Map<SigningKey, KeyMaterial> loaded = new HashMap<>();
        return new SigningKeys(
                vihf.map(key -> loaded.computeIfAbsent(key, loader)),
                submissions.map(key -> loaded.computeIfAbsent(key, loader)));
    }
}
