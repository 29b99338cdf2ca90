/** ITI-43, Retrieve Document Set: the DMP's TD3.2, a document is read. */
package org.mssante.dmp.xds.iti43;
