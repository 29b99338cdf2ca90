package org.mssante.dmp.store.endpoint;

/** Who sends the request that is being served on this thread: the subject of the client certificate (RFC 2253). */
@FunctionalInterface
public interface Caller {
    String subject();
}
