package org.mssante.server.smtp;

import com.google.inject.ConfigurationException;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import javax.inject.Inject;
import org.apache.commons.configuration2.Configuration;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;

/** Makes the handlers that a {@code HandlersPackage} names, with what their constructors ask for. */
public final class HandlerLoader implements ProtocolHandlerLoader {
    private final Injector injector;

    @Inject
    public HandlerLoader(Injector injector) {
        this.injector = injector;
    }

    @Override
    public ProtocolHandler load(String name, Configuration config) throws LoadingException {
        try {
            ProtocolHandler handler = injector.getInstance(Class.forName(name).asSubclass(ProtocolHandler.class));
            handler.init(config);
            return handler;
        } catch (ClassNotFoundException
                | ConfigurationException
                | ProvisionException
                | org.apache.commons.configuration2.ex.ConfigurationException e) {
            throw new LoadingException("the handler " + name + " cannot be made", e);
        }
    }
}
