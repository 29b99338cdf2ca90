/** What the mail server and the bridge have to read alike in a mail's header: encoded words, file names, the XDM subject. */
package org.mssante.core.mail;
