package org.mssante.server.trust;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailDomain;
import org.mssante.server.trust.TrustListVerdict.Reason;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Reads the rows of a trust list (mssante §2.2). Contacts are personal data and are not read. A row that cannot be used
 * is skipped and reported; only a document that is no trust list at all is rejected.
 */
final class TrustListReader {
    private static final String NAMESPACE = "https://listeblanche.mssante.fr/schema";

    private TrustListReader() {}

    static TrustList read(Document document) throws TrustListRejection {
        Element root = document.getDocumentElement();
        if (!isNamed(root, "ListeBlancheMSSante")) {
            throw new TrustListRejection(Reason.NOT_A_TRUST_LIST, "its root is " + root.getNodeName());
        }
        Instant generated = instant(onlyChild(root, "DateDeGeneration"));
        Map<MailDomain, Set<DistinguishedName>> operators = new HashMap<>();
        List<TrustList.SkippedRow> skipped = new ArrayList<>();
        // an operator stands in hundreds of rows: his name is parsed, and kept, once
        Map<String, DistinguishedName> names = new HashMap<>();
        int number = 0;
        for (Element row : children(onlyChild(root, "ListeDomaines"), "Domaine")) {
            number++;
            String domain = text(row, "Nom");
            try {
                DistinguishedName operator =
                        names.computeIfAbsent(text(row, "DNCertificatOperateur"), DistinguishedName::parse);
                operators
                        .computeIfAbsent(new MailDomain(domain), name -> new HashSet<>())
                        .add(operator);
            } catch (InvalidIdentifierException e) {
                skipped.add(new TrustList.SkippedRow(number, domain, e.getMessage()));
            }
        }
        return new TrustList(generated, operators, skipped);
    }

    private static Instant instant(Element element) throws TrustListRejection {
        try {
            return Instant.parse(element.getTextContent().strip());
        } catch (DateTimeParseException e) {
            throw new TrustListRejection(Reason.NOT_A_TRUST_LIST, "its DateDeGeneration is not a date", e);
        }
    }

    private static Element onlyChild(Element parent, String name) throws TrustListRejection {
        List<Element> found = children(parent, name);
        if (found.size() != 1) {
            throw new TrustListRejection(Reason.NOT_A_TRUST_LIST, "it has " + found.size() + " elements " + name);
        }
        return found.get(0);
    }

    /** The text as it stands: blanks inside a name are the comparison's business. Absent or doubled reads as empty. */
    private static String text(Element row, String name) {
        List<Element> found = children(row, name);
        return found.size() == 1 ? found.get(0).getTextContent() : "";
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && isNamed(element, name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static boolean isNamed(Element element, String name) {
        return NAMESPACE.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }
}
