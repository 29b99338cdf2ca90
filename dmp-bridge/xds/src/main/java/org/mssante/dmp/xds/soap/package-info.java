/** SOAP 1.2 over mutual TLS: the port types of the DMP and what their answers mean. */
package org.mssante.dmp.xds.soap;
