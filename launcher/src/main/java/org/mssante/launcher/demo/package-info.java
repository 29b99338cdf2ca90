/**
 * The story of the demonstration, played with real protocols: who writes to whom, what must happen, what was seen.
 * Nothing here is known to a service, and every step could be played by another client.
 */
package org.mssante.launcher.demo;
