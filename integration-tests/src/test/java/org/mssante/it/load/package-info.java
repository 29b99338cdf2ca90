/** Mail clients that go on sending while services die and come back. */
package org.mssante.it.load;
