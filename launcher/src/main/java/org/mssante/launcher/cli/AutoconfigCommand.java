package org.mssante.launcher.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.autoconfig.MailService;
import org.mssante.launcher.instance.ServiceKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mssante autoconfig}. */
@Command(
        name = "autoconfig",
        description =
                "Writes what mail clients read to set themselves up (Mozilla's config-v1.1.xml, Autodiscover), for a web "
                        + "server to publish, and prints the DNS records.")
final class AutoconfigCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder the files are written into, below mail and autodiscover.")
    private Path out;

    @Option(
            names = "--well-known-ports",
            description =
                    "Name the ports 143, 993, 587 and 465, which a firewall or balancer hands on to the configured ones.")
    private boolean wellKnownPorts;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        MailService configured = MailService.of(options.instance().settings(ServiceKind.SERVER));
        MailService service = wellKnownPorts ? configured.on(MailService.Ports.wellKnown()) : configured;
        PrintWriter print = spec.commandLine().getOut();
        print.println("written: " + write("mail/config-v1.1.xml", service.mozilla()));
        print.println("written: " + write("autodiscover/autodiscover.xml", service.autodiscover()));
        print.println("Serve them at https://autoconfig.DOMAIN/mail/config-v1.1.xml and at "
                + "https://autodiscover.DOMAIN/autodiscover/autodiscover.xml, the latter in answer to POST too.");
        print.println("Records of the DNS:");
        service.serviceRecords().forEach(print::println);
        return 0;
    }

    private Path write(String name, String text) {
        Path file = out.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(
                    "The file " + file + " cannot be written (" + e.getMessage() + "): check the folder.", e);
        }
    }
}
