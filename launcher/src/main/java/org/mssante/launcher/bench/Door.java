package org.mssante.launcher.bench;

import javax.net.ssl.SSLContext;
import org.mssante.launcher.instance.Endpoint;

/**
 * Where messages are handed in.
 *
 * @param name as results call the server
 * @param tls of who hands in; with a certificate where the entry asks for one
 * @param sender of every message
 */
public record Door(String name, Entry entry, Endpoint smtp, SSLContext tls, Account sender) {}
