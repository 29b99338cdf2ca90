package org.mssante.dmp.cda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.AttributesImpl;

/** One pass of one document through a validator: what stands around the ClinicalDocument and what is not HL7's is left out. */
final class SchemaPass {
    private static final String HL7 = "urn:hl7-org:v3";
    private static final String DOCUMENT = "ClinicalDocument";
    private static final String UNTYPED = "CDATA";
    private static final String NO_RULE = "not valid";
    /** How the JDK's messages begin; what follows may quote the document. */
    private static final Pattern RULE =
            Pattern.compile("([A-Za-z]+(?:-[A-Za-z]+)*(?:\\.[0-9a-z]+)*):.*", Pattern.DOTALL);

    private final ValidatorHandler validator;
    private final int most;
    private final List<SchemaFault> faults = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    /** How deep inside an element that is not HL7's. */
    private int foreign;

    /** @param most after which the pass ends */
    SchemaPass(ValidatorHandler validator, int most) {
        this.validator = validator;
        this.most = most;
    }

    List<SchemaFault> over(XMLStreamReader xml) throws XMLStreamException {
        validator.setErrorHandler(new Faults(xml));
        try {
            validator.startDocument();
            while (xml.hasNext() && faults.size() < most) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start(xml);
                    case XMLStreamConstants.END_ELEMENT -> end(xml);
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text(xml);
                    default -> {}
                }
            }
            if (faults.size() < most) {
                validator.endDocument();
            }
        } catch (SAXException e) {
            // a validator goes on after a fault, unless its handler throws; ours does not
            throw new IllegalStateException("the validator failed", e);
        }
        return List.copyOf(faults);
    }

    private void start(XMLStreamReader xml) throws SAXException {
        // also those of the elements around the document: names in its attributes may use them
        for (int i = 0; i < xml.getNamespaceCount(); i++) {
            validator.startPrefixMapping(
                    Optional.ofNullable(xml.getNamespacePrefix(i)).orElse(""),
                    Optional.ofNullable(xml.getNamespaceURI(i)).orElse(""));
        }
        boolean hl7 = HL7.equals(xml.getNamespaceURI());
        if (foreign > 0 || (!open.isEmpty() && !hl7)) {
            foreign++;
        } else if (!open.isEmpty() || (hl7 && xml.getLocalName().equals(DOCUMENT))) {
            open.push(xml.getLocalName());
            validator.startElement(HL7, xml.getLocalName(), xml.getLocalName(), attributes(xml));
        }
    }

    /** Those without a name space, which are HL7's here, and those that speak to the validator. */
    private static AttributesImpl attributes(XMLStreamReader xml) {
        AttributesImpl attributes = new AttributesImpl();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String space = Optional.ofNullable(xml.getAttributeNamespace(i)).orElse("");
            if (space.isEmpty() || space.equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI)) {
                String name = xml.getAttributeLocalName(i);
                attributes.addAttribute(space, name, name, UNTYPED, xml.getAttributeValue(i));
            }
        }
        return attributes;
    }

    private void end(XMLStreamReader xml) throws SAXException {
        if (foreign > 0) {
            foreign--;
        } else if (!open.isEmpty()) {
            validator.endElement(HL7, xml.getLocalName(), xml.getLocalName());
            open.pop();
        }
        for (int i = 0; i < xml.getNamespaceCount(); i++) {
            validator.endPrefixMapping(
                    Optional.ofNullable(xml.getNamespacePrefix(i)).orElse(""));
        }
    }

    private void text(XMLStreamReader xml) throws SAXException {
        if (foreign == 0 && !open.isEmpty()) {
            validator.characters(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
    }

    /** Keeps the place and the rule; the message itself may quote the patient. */
    private final class Faults implements ErrorHandler {
        private final XMLStreamReader xml;

        private Faults(XMLStreamReader xml) {
            this.xml = xml;
        }

        @Override
        public void warning(SAXParseException e) {
            // nothing that decides anything
        }

        @Override
        public void error(SAXParseException e) {
            Matcher rule = RULE.matcher(String.valueOf(e.getMessage()));
            if (faults.size() < most) {
                faults.add(new SchemaFault(
                        xml.getLocation().getLineNumber(),
                        xml.getLocation().getColumnNumber(),
                        Optional.ofNullable(open.peek()).orElse(DOCUMENT),
                        rule.matches() ? rule.group(1) : NO_RULE));
            }
        }

        @Override
        public void fatalError(SAXParseException e) {
            error(e);
        }
    }
}
