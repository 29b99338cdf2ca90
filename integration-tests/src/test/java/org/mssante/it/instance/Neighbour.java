package org.mssante.it.instance;

import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServicePort;

/** The place where the shared instance expects the server of {@value #DOMAIN}, whoever listens there. */
public record Neighbour(int portOffset) {
    public static final String DOMAIN = "chu-exemple.mssante.fr";

    static Neighbour reserve() {
        return new Neighbour(PortBlock.held());
    }

    public Endpoint endpoint() {
        return new Instance(
                        TestInstance.home(),
                        TestInstance.home(),
                        TestInstance.home().resolve("conf"),
                        portOffset)
                .endpoint(ServicePort.SMTP_MX);
    }

    String route() {
        return DOMAIN + "=" + endpoint();
    }
}
