/** What the signed messages of the DMP, the VIHF and the signatures of submissions, have in common. */
package org.mssante.dmp.xds.xmldsig;
