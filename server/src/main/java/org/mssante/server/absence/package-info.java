/** What a mailbox that nobody reads for some days tells who writes to it: whom, in which words, and only once (RFC 3834). */
package org.mssante.server.absence;
