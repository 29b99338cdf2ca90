package org.mssante.annuaire.ldap;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The matching rules and the syntaxes that our attribute types name, as the schema publishes them (RFC 4512 §4.1.3, §4.1.5). */
final class MatchingRules {
    private static final String ARC = "1.3.6.1.4.1.1466.115.121.1.";

    private MatchingRules() {}

    /** RFC 4517 §3.3. */
    private enum Syntax {
        DIRECTORY_STRING("15", "Directory String"),
        DISTINGUISHED_NAME("12", "DN"),
        OBJECT_IDENTIFIER("38", "OID"),
        TELEPHONE_NUMBER("50", "Telephone Number"),
        SUBSTRING_ASSERTION("58", "Substring Assertion");

        private final String number;
        private final String description;

        Syntax(String number, String description) {
            this.number = number;
            this.description = description;
        }
    }

    /** RFC 4517 §4.2. */
    private enum Rule {
        OBJECT_IDENTIFIER_MATCH("2.5.13.0", "objectIdentifierMatch", Syntax.OBJECT_IDENTIFIER),
        DISTINGUISHED_NAME_MATCH("2.5.13.1", "distinguishedNameMatch", Syntax.DISTINGUISHED_NAME),
        CASE_IGNORE_MATCH("2.5.13.2", "caseIgnoreMatch", Syntax.DIRECTORY_STRING),
        CASE_IGNORE_ORDERING_MATCH("2.5.13.3", "caseIgnoreOrderingMatch", Syntax.DIRECTORY_STRING),
        CASE_IGNORE_SUBSTRINGS_MATCH("2.5.13.4", "caseIgnoreSubstringsMatch", Syntax.SUBSTRING_ASSERTION),
        TELEPHONE_NUMBER_MATCH("2.5.13.20", "telephoneNumberMatch", Syntax.TELEPHONE_NUMBER),
        TELEPHONE_NUMBER_SUBSTRINGS_MATCH("2.5.13.21", "telephoneNumberSubstringsMatch", Syntax.SUBSTRING_ASSERTION);

        private final String identifier;
        private final String ruleName;
        private final Syntax syntax;

        Rule(String identifier, String ruleName, Syntax syntax) {
            this.identifier = identifier;
            this.ruleName = ruleName;
            this.syntax = syntax;
        }
    }

    static List<String> definitions() {
        return Arrays.stream(Rule.values())
                .map(rule -> "( " + rule.identifier + " NAME '" + rule.ruleName + "' SYNTAX " + ARC + rule.syntax.number
                        + " )")
                .toList();
    }

    static List<String> syntaxes() {
        return Stream.of(Syntax.values())
                .map(syntax -> "( " + ARC + syntax.number + " DESC '" + syntax.description + "' )")
                .toList();
    }
}
