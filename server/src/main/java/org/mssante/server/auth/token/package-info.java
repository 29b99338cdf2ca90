/**
 * Access tokens of Pro Santé Connect (mssante.md §6.3): who signed them, for whom, until when, and which professional they
 * name. Knows neither mailboxes nor protocols.
 */
package org.mssante.server.auth.token;
