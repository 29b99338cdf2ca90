/** The built services as processes: an instance a test has to itself, and one that tests share. */
package org.mssante.it.instance;
