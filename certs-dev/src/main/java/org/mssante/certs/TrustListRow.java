package org.mssante.certs;

import java.time.Instant;
import org.mssante.core.id.MailDomain;

/**
 * One {@code Domaine} of the trust list.
 *
 * @param operatorDn the subject of the operator's TLS certificate, RFC 2253
 * @param updated DateMAJ, shown to the second
 */
public record TrustListRow(MailDomain domain, String description, String operatorDn, String contact, Instant updated) {}
