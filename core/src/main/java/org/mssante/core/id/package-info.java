/** Identifiers of people, structures, mailboxes and patients, checked where they enter the system. */
package org.mssante.core.id;
