package org.mssante.dmp.xds.vihf;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.soap.XdsNamespace;
import org.mssante.dmp.xds.xmldsig.Elements;
import org.w3c.dom.Element;

/** What an assertion says, where it says all that a VIHF has to. */
final class VihfReader {
    private static final Set<String> PURPOSES = Set.of(Saml.NORMAL, Saml.BREAK_GLASS, Saml.CENTRE_15);
    private static final Map<String, Set<String>> CONTEXTS = Map.of(
            Saml.DIRECT, Set.of(Saml.SMARTCARD),
            Saml.INDIRECT, Set.of(Saml.PASSWORD),
            Saml.INDIRECT_REINFORCED, Set.of(Saml.PASSWORD, Saml.SMARTCARD));

    private final Element assertion;
    private final Map<String, Element> attributes = new HashMap<>();

    private VihfReader(Element assertion) {
        this.assertion = assertion;
    }

    /** @throws InvalidVihfException where something is missing or contradicts itself */
    static Vihf read(Element assertion) {
        return new VihfReader(assertion).vihf();
    }

    private Vihf vihf() {
        require(Saml.VERSION.equals(assertion.getAttribute("Version")), "it is no assertion of SAML 2.0");
        Element issuer = one(assertion, "Issuer");
        require(Saml.X509_SUBJECT.equals(issuer.getAttribute("Format")), "its issuer is not named by a certificate");
        index();
        String mode = text(Saml.MODE).toUpperCase(Locale.ROOT);
        String context = filled(
                one(one(one(assertion, "AuthnStatement"), "AuthnContext"), "AuthnContextClassRef"),
                "AuthnContextClassRef");
        require(
                CONTEXTS.getOrDefault(mode, Set.of()).contains(context),
                "its authentication context does not go with its mode of authentication");
        Optional<String> name = optional(Saml.NAME);
        require(mode.equals(Saml.DIRECT) || name.isPresent(), "it names nobody (subject-id)");
        require(Saml.DMP.equals(text(Saml.RESOURCE)), "its Ressource_URN is not the DMP");
        Code purpose = only(codes(Saml.PURPOSE, "PurposeOfUse"));
        require(
                PURPOSES.contains(purpose.code()) && purpose.codeSystem().equals(Saml.PURPOSES),
                "its purpose is none of the DMP's");
        return new Vihf(
                required("ID"),
                filled(issuer, "Issuer"),
                instant(required("IssueInstant")),
                window(),
                filled(one(one(assertion, "Subject"), "NameID"), "NameID"),
                context,
                name,
                text(Saml.STRUCTURE),
                sector(),
                codes(Saml.ROLE, "Role"),
                text(Saml.VIHF_VERSION),
                mode,
                patient(),
                purpose,
                new Requester.Software(
                        text(Saml.SOFTWARE_ID),
                        text(Saml.SOFTWARE_NAME),
                        text(Saml.SOFTWARE_VERSION),
                        text(Saml.HOMOLOGATION)));
    }

    /** By lower-case name: the messages write Authentification_mode, programs Authentification_Mode. */
    private void index() {
        for (Element attribute : Elements.children(one(assertion, "AttributeStatement"), Saml.NAMESPACE, "Attribute")) {
            Element before = attributes.put(attribute.getAttribute("Name").toLowerCase(Locale.ROOT), attribute);
            require(before == null, "it has an attribute twice");
        }
    }

    private Optional<Vihf.Window> window() {
        List<Element> found = Elements.children(assertion, Saml.NAMESPACE, "Conditions");
        require(found.size() <= 1, "it has several Conditions");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Element conditions = found.get(0);
        // SAML core §2.5.1.1: an assertion with a condition that is not understood is not valid
        require(Elements.children(conditions).isEmpty(), "it has a condition that is not understood");
        String from = conditions.getAttribute("NotBefore");
        String until = conditions.getAttribute("NotOnOrAfter");
        return Optional.of(new Vihf.Window(
                from.isEmpty() ? Instant.MIN : instant(from), until.isEmpty() ? Instant.MAX : instant(until)));
    }

    private Code sector() {
        String[] parts = text(Saml.SECTOR).split("\\^", -1);
        require(parts.length >= 2 && !parts[0].isBlank(), "its sector is no code");
        return new Code(parts[0], parts[1], "");
    }

    private Optional<Cx> patient() {
        return optional(Saml.PATIENT).map(text -> {
            try {
                return new Cx(text);
            } catch (InvalidMetadataException e) {
                throw new InvalidVihfException(VihfFault.MALFORMED, "its resource-id is no identifier", e);
            }
        });
    }

    private List<Code> codes(String name, String element) {
        List<Code> codes = new ArrayList<>();
        for (Element value : Elements.children(attribute(name), Saml.NAMESPACE, "AttributeValue")) {
            for (Element code : Elements.children(value, XdsNamespace.HL7_V3, element)) {
                require(!code.getAttribute("code").isBlank(), "it has a code without a value");
                codes.add(new Code(
                        code.getAttribute("code"), code.getAttribute("codeSystem"), code.getAttribute("displayName")));
            }
        }
        require(!codes.isEmpty(), "it lacks the code of an attribute");
        return codes;
    }

    private static Code only(List<Code> codes) {
        require(codes.size() == 1, "it has several purposes");
        return codes.get(0);
    }

    private Optional<String> optional(String name) {
        return attributes.containsKey(name.toLowerCase(Locale.ROOT)) ? Optional.of(text(name)) : Optional.empty();
    }

    private String text(String name) {
        return filled(one(attribute(name), "AttributeValue"), name);
    }

    private Element attribute(String name) {
        Element attribute = attributes.get(name.toLowerCase(Locale.ROOT));
        require(attribute != null, "it lacks the attribute " + name);
        return attribute;
    }

    private String required(String name) {
        String value = assertion.getAttribute(name);
        require(!value.isBlank(), "it has no " + name);
        return value;
    }

    private static String filled(Element element, String name) {
        String text = element.getTextContent().strip();
        require(!text.isEmpty(), "its " + name + " is empty");
        return text;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidVihfException(VihfFault.MALFORMED, "it has a time that is none", e);
        }
    }

    private static Element one(Element parent, String name) {
        List<Element> found = Elements.children(parent, Saml.NAMESPACE, name);
        require(found.size() == 1, "it has not exactly one " + name);
        return found.get(0);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new InvalidVihfException(VihfFault.MALFORMED, otherwise);
        }
    }
}
