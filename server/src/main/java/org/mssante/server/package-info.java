/** The mail server: its main, what it reads of its configuration, and how its rooms and James are put together. */
package org.mssante.server;
