package org.mssante.dmp.xds.vihf;

import java.util.Optional;
import javax.xml.XMLConstants;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.soap.XdsNamespace;
import org.mssante.dmp.xds.xml.EmptyDocument;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A VIHF as an assertion in a document of its own, below {@code wsse:Security}, not signed yet. */
final class VihfWriter {
    private static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;
    private static final String XMLNS = XMLConstants.XMLNS_ATTRIBUTE_NS_URI;

    private final Document document;

    private VihfWriter(Document document) {
        this.document = document;
    }

    /** The header block; the assertion is its only child. */
    static Element write(Vihf vihf) {
        Document document = EmptyDocument.create();
        Element header = document.createElementNS(
                WsSecurity.NAMESPACE, WsSecurity.HEADER.getPrefix() + ":" + WsSecurity.HEADER.getLocalPart());
        header.setAttributeNS(XMLNS, "xmlns:" + WsSecurity.HEADER.getPrefix(), WsSecurity.NAMESPACE);
        document.appendChild(header);
        new VihfWriter(document).assertion(header, vihf);
        return header;
    }

    private void assertion(Element header, Vihf vihf) {
        Element assertion = document.createElementNS(Saml.NAMESPACE, "saml:Assertion");
        assertion.setAttributeNS(XMLNS, "xmlns:saml", Saml.NAMESPACE);
        header.appendChild(assertion);
        assertion.setAttribute("Version", Saml.VERSION);
        assertion.setAttribute(Saml.ID, vihf.id());
        assertion.setAttribute("IssueInstant", vihf.issuedAt().toString());
        Element issuer = child(assertion, "Issuer");
        issuer.setAttribute("Format", Saml.X509_SUBJECT);
        issuer.setTextContent(vihf.issuer());
        child(child(assertion, "Subject"), "NameID").setTextContent(vihf.subject());
        vihf.window().ifPresent(window -> {
            Element conditions = child(assertion, "Conditions");
            conditions.setAttribute("NotBefore", window.from().toString());
            conditions.setAttribute("NotOnOrAfter", window.until().toString());
        });
        Element statement = child(assertion, "AuthnStatement");
        statement.setAttribute("AuthnInstant", vihf.issuedAt().toString());
        child(child(statement, "AuthnContext"), "AuthnContextClassRef").setTextContent(vihf.context());
        attributes(child(assertion, "AttributeStatement"), vihf);
    }

    private void attributes(Element statement, Vihf vihf) {
        text(statement, Saml.STRUCTURE, vihf.structure());
        text(statement, Saml.SECTOR, vihf.sector().code() + "^" + vihf.sector().codeSystem());
        Element roles = attribute(statement, Saml.ROLE);
        vihf.roles().forEach(role -> code(roles, "Role", role));
        optional(statement, Saml.NAME, vihf.name());
        text(statement, Saml.VIHF_VERSION, vihf.version());
        text(statement, Saml.MODE, vihf.mode());
        optional(statement, Saml.PATIENT, vihf.patient().map(Cx::text));
        text(statement, Saml.RESOURCE, Saml.DMP);
        code(attribute(statement, Saml.PURPOSE), "PurposeOfUse", vihf.purpose());
        text(statement, Saml.SOFTWARE_ID, vihf.software().id());
        text(statement, Saml.SOFTWARE_NAME, vihf.software().name());
        text(statement, Saml.SOFTWARE_VERSION, vihf.software().version());
        text(statement, Saml.HOMOLOGATION, vihf.software().homologation());
    }

    private Element child(Element parent, String name) {
        Element child = document.createElementNS(Saml.NAMESPACE, "saml:" + name);
        parent.appendChild(child);
        return child;
    }

    private Element attribute(Element statement, String name) {
        Element attribute = child(statement, "Attribute");
        attribute.setAttribute("Name", name);
        return attribute;
    }

    private void text(Element statement, String name, String value) {
        child(attribute(statement, name), "AttributeValue").setTextContent(value);
    }

    private void optional(Element statement, String name, Optional<String> value) {
        value.ifPresent(text -> text(statement, name, text));
    }

    private void code(Element attribute, String name, Code code) {
        Element element = document.createElementNS(XdsNamespace.HL7_V3, name);
        element.setAttributeNS(XMLNS, "xmlns", XdsNamespace.HL7_V3);
        element.setAttributeNS(XMLNS, "xmlns:xsi", XSI);
        element.setAttributeNS(XSI, "xsi:type", "CE");
        element.setAttribute("code", code.code());
        element.setAttribute("codeSystem", code.codeSystem());
        element.setAttribute("displayName", code.displayName());
        child(attribute, "AttributeValue").appendChild(element);
    }
}
