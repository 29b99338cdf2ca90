/**
 * CDA R2 documents: reads the header of a document that came from outside (DTD refused, body never kept), checks the
 * patient's identity in it, and derives the XDS metadata from it (CI-SIS, volet Structuration minimale V1.16.8 and
 * mapping of the volet Transmission). Knows nothing of mail, SQL or SOAP.
 */
package org.mssante.dmp.cda;
