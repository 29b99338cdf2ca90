/**
 * Bytes of a mail in, documents or coded refusals out. Looks into every MIME part, S/MIME envelope of signed mail and
 * archive, decides by content and never by name or declared type, writes no file, runs nothing it finds.
 */
package org.mssante.dmp.bridge.extract;
