/** Mail queues as rows of one table: taken with SKIP LOCKED, given back by a time-out, ordered by priority and time. */
package org.mssante.server.storage.queue;
