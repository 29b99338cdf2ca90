package org.mssante.dmp.xds.iti41;

import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The bytes of a document as MTOM wants them. */
public final class ContentDataSource implements DataSource {
    private final DocumentContent content;
    private final String mimeType;

    public ContentDataSource(DocumentContent content, String mimeType) {
        this.content = content;
        this.mimeType = mimeType;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return content.open();
    }

    @Override
    public OutputStream getOutputStream() {
        throw new UnsupportedOperationException("a document is read only");
    }

    @Override
    public String getContentType() {
        return mimeType;
    }

    @Override
    public String getName() {
        return "";
    }
}
