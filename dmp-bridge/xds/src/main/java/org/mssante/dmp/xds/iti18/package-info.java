/** ITI-18, Registry Stored Query: the DMP's TD3.1, documents are searched. */
package org.mssante.dmp.xds.iti18;
