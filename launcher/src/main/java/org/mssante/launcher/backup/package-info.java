/** Copies everything an instance keeps into one folder, and puts it back: all of it or nothing. */
package org.mssante.launcher.backup;
