package org.mssante.dmp.store.http;

import java.io.IOException;
import java.util.Collection;
import org.apache.cxf.attachment.AttachmentDataSource;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.io.CacheSizeExceededException;
import org.apache.cxf.message.Attachment;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;

/**
 * Takes in every attachment before an endpoint is called. CXF would stream the last one from the network, which can be
 * read only once, and a slow caller would hold a transaction open.
 */
final class WholeAttachments extends AbstractPhaseInterceptor<Message> {
    WholeAttachments() {
        super(Phase.PRE_INVOKE);
        addAfter(VihfGate.class.getName());
    }

    @Override
    public void handleMessage(Message message) {
        Collection<Attachment> attachments = message.getAttachments();
        if (attachments == null) {
            return;
        }
        for (Attachment attachment : attachments) {
            if (attachment.getDataHandler().getDataSource() instanceof AttachmentDataSource source) {
                try {
                    source.cache(message);
                } catch (IOException | CacheSizeExceededException e) {
                    throw new Fault(e);
                }
            }
        }
    }
}
