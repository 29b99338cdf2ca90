/** Reading XML that strangers sent. */
package org.mssante.dmp.xds.xml;
