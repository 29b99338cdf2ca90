package org.mssante.dmp.xds.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mssante.dmp.xds.vihf.VihfIssuer;

/**
 * Where a DMP is and how to speak to it.
 *
 * @param services {@code https://<host>/si-dmp-server/v2/services}
 * @param vihf issues the VIHF of each request; empty for a DMP that asks for none
 * @param tls presents the organisation's client certificate
 * @param connectTimeout until the connection stands
 * @param answerTimeout without an octet of the answer
 * @param repositoryId repositoryUniqueId of the DMP's repository, an OID
 * @param spool an existing folder for attachments above {@code spoolThreshold} octets; they are deleted once read
 */
public record DmpConnection(
        URI services,
        SSLContext tls,
        Optional<VihfIssuer> vihf,
        Duration connectTimeout,
        Duration answerTimeout,
        String repositoryId,
        Path spool,
        int spoolThreshold) {}
