package org.mssante.server;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;
import org.apache.james.events.EventListener;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.mailbox.acl.MailboxACLResolver;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.extension.PreDeletionHook;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.dropwizard.DropWizardGaugeRegistry;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;

/**
 * What James needs beside our own rooms: its metrics, its access lists, how often it tries. No JMX, no web administration, no
 * configuration files, no extension loading: James' own assembly would bring them.
 */
final class JamesModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(MetricRegistry.class).toInstance(new MetricRegistry());
        bind(DropWizardMetricFactory.class).in(Scopes.SINGLETON);
        bind(MetricFactory.class).to(DropWizardMetricFactory.class);
        bind(DropWizardGaugeRegistry.class).in(Scopes.SINGLETON);
        bind(GaugeRegistry.class).to(DropWizardGaugeRegistry.class);

        bind(RetryBackoffConfiguration.class).toInstance(RetryBackoffConfiguration.DEFAULT);
        Multibinder.newSetBinder(binder(), EventListener.ReactiveGroupEventListener.class);
        Multibinder.newSetBinder(binder(), PreDeletionHook.class);

        bind(UnionMailboxACLResolver.class).in(Scopes.SINGLETON);
        bind(MailboxACLResolver.class).to(UnionMailboxACLResolver.class);
        bind(RawMailQueueItemDecoratorFactory.class).in(Scopes.SINGLETON);
        bind(MailQueueItemDecoratorFactory.class).to(RawMailQueueItemDecoratorFactory.class);
    }
}
