package org.mssante.annuaire.api;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PasswordProvider;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The service's password, read from its file at each bind: the annuaire may write it after this service has started. */
final class SecretFile extends PasswordProvider {
    private static final long serialVersionUID = 1L;

    // the SDK's base class is serializable, a Path is not
    private final String file;

    SecretFile(Path file) {
        this.file = file.toString();
    }

    @Override
    public byte[] getPasswordBytes() throws LDAPException {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8)
                    .strip()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LDAPException(
                    ResultCode.LOCAL_ERROR, "the secret file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
