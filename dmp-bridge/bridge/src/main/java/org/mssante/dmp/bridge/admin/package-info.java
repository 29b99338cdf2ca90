/** What the operator sees of the bridge and does over its control socket: documents that wait or have stopped. */
package org.mssante.dmp.bridge.admin;
