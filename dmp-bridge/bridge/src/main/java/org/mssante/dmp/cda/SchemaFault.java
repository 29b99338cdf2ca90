package org.mssante.dmp.cda;

/**
 * Where a document breaks its schema, and which rule; never the value that broke it.
 *
 * @param line counted from 1, as the parser counts it
 * @param element the local name of the element
 * @param rule of XML Schema Part 1, appendix C, e.g. {@code cvc-complex-type.2.4.a}
 */
public record SchemaFault(int line, int column, String element, String rule) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ", element " + element + ": " + rule;
    }
}
