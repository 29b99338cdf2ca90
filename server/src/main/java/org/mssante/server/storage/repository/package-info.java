/** Mail that could not be delivered, kept for a person to look at. */
package org.mssante.server.storage.repository;
