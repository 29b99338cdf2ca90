/**
 * The signature of a submission: an XML signature (XAdES) over a manifest with the digest of each document, filed beside them
 * (IHE DSG, as the DMP uses it). Made and checked here, for clients and stores.
 */
package org.mssante.dmp.xds.signature;
