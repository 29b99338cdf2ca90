/** HTTPS with mutual TLS by Jetty, SOAP by CXF: limits, certificates, addresses. */
package org.mssante.dmp.store.http;
