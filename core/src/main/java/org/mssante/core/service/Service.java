package org.mssante.core.service;

/** A running service. {@link #close()} ends it in order; it is called once, from the shutdown hook. */
public interface Service extends AutoCloseable {
    @Override
    void close();
}
