/** What runs an instance on one machine and talks to it as its users do: the Java half of {@code ./mssante}. */
package org.mssante.launcher;
