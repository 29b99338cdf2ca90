/** ITI-41, Provide and Register Document Set-b: the DMP's TD2.1, a document is filed. */
package org.mssante.dmp.xds.iti41;
