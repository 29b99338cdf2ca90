package org.mssante.server.spool;

/** What this server calls itself, in its greetings and in Authentication-Results. */
public record MailHost(String name) {}
