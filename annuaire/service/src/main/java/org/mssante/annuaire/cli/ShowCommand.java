package org.mssante.annuaire.cli;

import com.unboundid.ldap.sdk.Attribute;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mailbox show}: all that the directory says of one mailbox. */
@Command(name = "show", description = "Shows one mailbox with all its properties.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions instance;

    @Parameters(paramLabel = "ADDRESS", description = "Address of the mailbox.")
    private String address;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (DirectoryConnection directory = DirectoryConnection.open(instance.settings())) {
            for (Attribute attribute :
                    directory.entry(LdapNames.mailboxDn(parsed())).getAttributes()) {
                for (String value : attribute.getValues()) {
                    out.println(attribute.getName() + ": " + value);
                }
            }
        }
        return 0;
    }

    private MailAddress parsed() {
        try {
            return MailAddress.parse(address);
        } catch (InvalidIdentifierException e) {
            throw new CommandFailure(address + " is no mail address: " + e.getMessage() + ".", e);
        }
    }
}
