/** How fast somebody takes what is made for him, where the one who makes it and the one who hands it over do not know each other. */
package org.mssante.server.pace;
