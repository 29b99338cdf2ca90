package org.mssante.annuaire.cli;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.annuaire.api.LdapNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code annuaire search}: mailboxes whose name, address, structure, town or profession hold all the words. */
@Command(name = "search", description = "Finds mailboxes, ours and other operators', by parts of words.")
final class SearchCommand implements Callable<Integer> {
    private static final List<String> SEARCHED =
            List.of(LdapNames.COMMON_NAME, LdapNames.MAIL, "o", "ou", "l", LdapNames.PROFESSION_LABEL, "specialite");

    @Mixin
    private InstanceOptions instance;

    @Parameters(
            arity = "1..*",
            paramLabel = "TEXT",
            description = "Words or parts of words; accents and case do not matter.")
    private List<String> words;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TextTable table = new TextTable("ADDRESS", "TYPE", "NAME", "STRUCTURE", "TOWN");
        try (DirectoryConnection directory = DirectoryConnection.open(instance.settings())) {
            directory.search(
                    LdapNames.MAILBOXES,
                    filter(),
                    entry -> table.row(
                            value(entry, LdapNames.MAIL),
                            value(entry, LdapNames.MAILBOX_TYPE),
                            value(entry, LdapNames.DISPLAY_NAME),
                            value(entry, "o"),
                            value(entry, "l")));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (table.size() == 0) {
            out.println("No mailbox has all of these words.");
            return 1;
        }
        table.print(out);
        return 0;
    }

    private Filter filter() {
        List<Filter> all = new ArrayList<>();
        for (String word : String.join(" ", words).strip().split("\\s+", -1)) {
            all.add(Filter.createORFilter(SEARCHED.stream()
                    .map(attribute -> Filter.createSubAnyFilter(attribute, word))
                    .toList()));
        }
        return Filter.createANDFilter(all);
    }

    private static String value(SearchResultEntry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute)).orElse("");
    }
}
