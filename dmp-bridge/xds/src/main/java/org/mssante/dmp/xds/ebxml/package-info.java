/**
 * The values of {@link org.mssante.dmp.xds.metadata} as ebXML RegRep 3.0 objects and back (ITI TF-3 §4.2). Written
 * here and not taken from a toolkit's model because the French profile uses components and statuses such models drop.
 * Reading is tolerant: what is optional and malformed is left out and reported as a
 * {@link org.mssante.dmp.xds.ebxml.MetadataFlaw}; what identifies a document or its patient must be there.
 */
package org.mssante.dmp.xds.ebxml;
