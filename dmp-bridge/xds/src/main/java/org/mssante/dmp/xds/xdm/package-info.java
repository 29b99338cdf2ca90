/** METADATA.XML of an IHE XDM package (ITI TF-2 §3.32.4.1.2): the submission and its documents, written in ebXML. */
package org.mssante.dmp.xds.xdm;
