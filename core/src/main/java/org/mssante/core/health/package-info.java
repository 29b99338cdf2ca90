/** What a service finds wrong with itself: alarms of one catalogue, each with a code. */
package org.mssante.core.health;
