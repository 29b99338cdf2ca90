/** TD0.2, the DMP's test of existence (HL7 v3 PRPA_IN201307UV02, answered by PRPA_IN201308UV02). */
package org.mssante.dmp.xds.td02;
