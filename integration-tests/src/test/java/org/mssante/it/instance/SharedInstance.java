package org.mssante.it.instance;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.ServiceKind;

/**
 * Gives tests that do not harm it one running {@link TestInstance} a JVM; it starts with the first test that asks and
 * ends with the last test of the run. It looks for the hospital's server at {@link Neighbour}.
 */
public final class SharedInstance implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedInstance.class);

    /** What the root store closes at the end of the run; one that cannot start is not tried again and again. */
    private static final class Running implements AutoCloseable {
        private final Neighbour neighbour = Neighbour.reserve();
        private final TestInstance instance = TestInstance.prepare("shared-" + PortBlock.fork())
                .set(ServiceKind.SERVER, "delivery.routes", neighbour.route())
                // a server that is not whom it should be is given up at once, an absent one asked again soon
                .set(ServiceKind.SERVER, "delivery.distrusted.attempts", "1")
                .set(ServiceKind.SERVER, "delivery.hold", "PT1S");
        private Optional<CommandFailure> failure = Optional.empty();

        Running start() {
            try {
                instance.up();
            } catch (CommandFailure e) {
                failure = Optional.of(e);
            }
            return this;
        }

        Running checked() {
            failure.ifPresent(why -> {
                throw why;
            });
            return this;
        }

        @Override
        public void close() {
            instance.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestInstance.class || type == Neighbour.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("shared", key -> new Running().start(), Running.class)
                .checked();
        return parameter.getParameter().getType() == Neighbour.class ? running.neighbour : running.instance;
    }
}
