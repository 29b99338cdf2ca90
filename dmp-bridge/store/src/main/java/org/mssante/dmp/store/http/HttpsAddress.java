package org.mssante.dmp.store.http;

import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * Where and how the store listens.
 *
 * @param port 0 for a free one
 * @param threads at most, which bounds the requests served at one time
 * @param idle without an octet, after which a connection is closed
 */
public record HttpsAddress(String host, int port, SSLContext tls, int threads, Duration idle) {}
