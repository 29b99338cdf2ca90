package org.mssante.annuaire.office;

import java.util.Optional;
import org.mssante.core.id.MailAddress;

/**
 * That something be done to a mailbox.
 *
 * @param reason kept in the history
 * @param version the one the author has seen, see {@link MailboxView#version()}; empty where he does not care
 */
public record Order(Author author, MailAddress address, String reason, Optional<String> version) {}
