/** The HTTPS port the annuaire's APIs share: TLS, limits, log-ins. What an API says is its own. */
package org.mssante.annuaire.web;
