/** What every service process has in common: its command line, its run folder, its start and its end. */
package org.mssante.core.service;
