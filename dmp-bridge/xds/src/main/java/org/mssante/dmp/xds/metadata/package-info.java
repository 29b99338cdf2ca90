/**
 * The XDS metadata of a document as immutable values, in the French shapes (CI-SIS, volet Structuration minimale and
 * volet Transmission). They know nothing of ebXML or SOAP. HL7 v2 values ({@link org.mssante.dmp.xds.metadata.Cx},
 * {@link org.mssante.dmp.xds.metadata.Xcn}, …) keep the text they were read from, so that nothing foreign is lost, and
 * give their components on request.
 */
package org.mssante.dmp.xds.metadata;
