/** What mail clients read to set themselves up: the files and DNS records an operator publishes for his domains. */
package org.mssante.launcher.autoconfig;
