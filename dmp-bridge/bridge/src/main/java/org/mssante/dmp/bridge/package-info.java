/** The DMP bridge: takes mails from the mail server, files their documents in the DMP, tells the senders. */
package org.mssante.dmp.bridge;
