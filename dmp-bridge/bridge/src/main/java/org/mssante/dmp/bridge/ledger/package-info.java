/**
 * The bridge's memory in SQL: mails accepted, documents found in them with their state, receipts owed. Every change is
 * one transaction; a claim marks what a worker has in hand and is given back when the instance starts again.
 */
package org.mssante.dmp.bridge.ledger;
