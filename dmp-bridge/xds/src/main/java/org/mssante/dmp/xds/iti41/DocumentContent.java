package org.mssante.dmp.xds.iti41;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a document, read when they are sent; each call opens them anew, the caller closes the stream. */
@FunctionalInterface
public interface DocumentContent {
    InputStream open() throws IOException;
}
