/** Reading XML that strangers sent, and documents to write into. */
package org.mssante.dmp.xds.xml;
