/** The administration API: HTTP and JSON on one side, the office on the other. It decides nothing. */
package org.mssante.annuaire.rest;
