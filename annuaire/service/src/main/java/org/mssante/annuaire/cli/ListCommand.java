package org.mssante.annuaire.cli;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.annuaire.api.LdapNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mailbox list}: all mailboxes of this operator, in whatever state. */
@Command(name = "list", description = "Lists this operator's own mailboxes.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions instance;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TextTable table = new TextTable("ADDRESS", "TYPE", "STATE", "DMP FILING", "MEMBERS", "NAME");
        try (DirectoryConnection directory = DirectoryConnection.open(instance.settings())) {
            directory.search(
                    LdapNames.MAILBOXES,
                    Filter.createEqualityFilter("objectClass", LdapNames.MANAGED_MAILBOX_CLASS),
                    entry -> table.row(
                            value(entry, LdapNames.MAIL),
                            value(entry, LdapNames.MAILBOX_TYPE),
                            value(entry, LdapNames.STATE),
                            value(entry, LdapNames.DMP_FILING).equals("TRUE") ? "on" : "off",
                            Integer.toString(members(entry)),
                            value(entry, LdapNames.DISPLAY_NAME)));
        }
        table.print(spec.commandLine().getOut());
        return 0;
    }

    private static int members(SearchResultEntry entry) {
        return Optional.ofNullable(entry.getAttributeValues(LdapNames.MEMBER))
                .map(values -> values.length)
                .orElse(0);
    }

    private static String value(SearchResultEntry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute)).orElse("");
    }
}
