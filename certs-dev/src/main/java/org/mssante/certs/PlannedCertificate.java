package org.mssante.certs;

/**
 * One certificate the PKI has to hold.
 *
 * @param folder below the folder of the PKI, e.g. {@code clients/labo.test@demo.mssante.fr}; gets cert.pem and key.pem
 */
public record PlannedCertificate(String folder, Profile profile, Subject subject, AlternativeNames names) {}
