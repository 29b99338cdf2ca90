package org.mssante.dmp.cda;

import java.net.URL;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/**
 * The schema of CDA release 2 as HL7 published it, compiled once, at the first use, from what the IPF project ships. It
 * says nothing of the elements and attributes that CI-SIS, IHE and others add in name spaces of their own, and a consumer
 * has to ignore what he does not know (CI-SIS structuration minimale; CDA R2 §1.4): only what is HL7's is held against it.
 * No document type, no entity, nothing from outside. Thread-safe.
 */
public final class CdaSchema {
    private static final String PLACE = "/schema/cdar2/infrastructure/cda/CDA.xsd";
    /** Its parts lie beside it: in a jar, or in a folder while the product is built. */
    private static final String LOCAL = "jar:file,file";
    /** Enough to see what is wrong; a document may break a rule in each of its lines. */
    private static final int MOST_FAULTS = 10;

    private Optional<Schema> compiled = Optional.empty();

    /**
     * The first faults of a document that {@link CdaReader} can read, in its order; none where it is valid.
     *
     * @param bytes of the whole file, in any of the forms of CDA
     */
    public List<SchemaFault> faults(byte[] bytes) {
        SchemaPass pass = new SchemaPass(schema().newValidatorHandler(), MOST_FAULTS);
        try {
            XMLStreamReader xml = CdaReader.xml(bytes);
            try {
                return pass.over(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("the document is not readable", e);
        }
    }

    private synchronized Schema schema() {
        if (compiled.isEmpty()) {
            compiled = Optional.of(compile());
        }
        return compiled.get();
    }

    /** The factory of the JDK on purpose, as for reading. */
    private static Schema compile() {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        try {
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, LOCAL);
            URL place = CdaSchema.class.getResource(PLACE);
            if (place == null) {
                throw new IllegalStateException("the schema of CDA is not on the class path");
            }
            return factory.newSchema(place);
        } catch (SAXException e) {
            throw new IllegalStateException("the schema of CDA cannot be compiled", e);
        }
    }
}
