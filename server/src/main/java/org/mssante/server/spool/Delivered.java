package org.mssante.server.spool;

import java.io.IOException;
import java.io.InputStream;
import javax.mail.MessagingException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageSource;

/** A message as it is put into mailboxes and handed to the bridge: on disk where it is large. Closed after use. */
final class Delivered implements Content, AutoCloseable {
    private final MimeMessageInputStreamSource source;

    private Delivered(MimeMessageInputStreamSource source) {
        this.source = source;
    }

    static Delivered of(String name, InputStream message) throws MessagingException {
        return new Delivered(MimeMessageInputStreamSource.create(name, message));
    }

    /** A copy that lives as long as the mail it is given to. */
    MimeMessageSource copy(String name) throws IOException, MessagingException {
        return MimeMessageInputStreamSource.create(name, source.getInputStream());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return source.getInputStream();
    }

    @Override
    public long size() {
        return source.getMessageSize();
    }

    @Override
    public void close() {
        source.dispose();
    }
}
