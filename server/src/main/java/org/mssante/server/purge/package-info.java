/** What a mailbox leaves behind once its life has ended for good. */
package org.mssante.server.purge;
