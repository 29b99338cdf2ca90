/**
 * The VIHF (vecteur d'identification et d'habilitation formelles), the signed SAML 2.0 assertion in the header of each
 * request: who asks the DMP, how he was authenticated, about whom and why. Made and checked here, for clients and stores.
 */
package org.mssante.dmp.xds.vihf;
