package org.mssante.core.fetch;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Hangs up before the first octet of a body. */
final class UnwantedBody implements BodySubscriber<Void> {
    private final IOException why;
    private final CompletableFuture<Void> body = new CompletableFuture<>();

    UnwantedBody(IOException why) {
        this.why = why;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.cancel();
        body.completeExceptionally(why);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        // none was asked for
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.completeExceptionally(why);
    }
}
