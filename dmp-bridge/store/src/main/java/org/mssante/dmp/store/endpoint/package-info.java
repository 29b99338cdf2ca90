/** The SOAP services: messages to values, decisions to messages, and a line in the access journal for each request. */
package org.mssante.dmp.store.endpoint;
