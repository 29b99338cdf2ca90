package org.mssante.server.mailbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.inject.Qualifier;

/**
 * The {@link Mailboxes} as they are now: each question goes to the annuaire, what is remembered stands in only while it is silent
 * ({@link DirectoryCache#askedAnew()}). For log-ins and for sending, which a right that was taken away must not open any more.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD})
public @interface AskedAnew {}
