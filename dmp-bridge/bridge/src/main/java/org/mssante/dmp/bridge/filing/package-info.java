/**
 * The life of a document: extracted, decided, filed or refused, or waiting. Each step is durable before the next; every
 * step may be repeated, so an instance that is killed goes on where it was.
 */
package org.mssante.dmp.bridge.filing;
