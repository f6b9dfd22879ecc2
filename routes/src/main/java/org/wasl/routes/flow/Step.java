package org.wasl.routes.flow;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a flow: functions from the record that is the exchange's body to the next one. Once the flow has
 * {@linkplain Ended ended}, ordinary steps pass the body on untouched, so that a route reads as the list of its steps.
 */
public final class Step {

    private Step() {}

    /** A step that every flow takes unless it has ended. */
    public static <I> Processor of(Class<I> input, Function<I, ?> function) {
        return exchange -> {
            Object body = exchange.getMessage().getBody();
            if (input.isInstance(body)) {
                exchange.getMessage().setBody(function.apply(input.cast(body)));
            } else if (!(body instanceof Ended)) {
                throw new IllegalStateException("expected " + input.getSimpleName() + " as the body");
            }
        };
    }

    /** A step for bodies of this class alone. */
    public static <I> Processor when(Class<I> input, Function<I, ?> function) {
        return exchange -> {
            Object body = exchange.getMessage().getBody();
            if (input.isInstance(body)) {
                exchange.getMessage().setBody(function.apply(input.cast(body)));
            }
        };
    }

    /**
     * A step that every flow takes unless it has ended, and that frees its thread meanwhile.
     *
     * @param begin starts what takes long
     * @param end makes the next body of what came of it, by the executor, as does the rest of the flow
     */
    public static <I, T> Processor later(
            Class<I> input, Function<I, CompletionStage<T>> begin, BiFunction<I, T, ?> end, Executor executor) {
        return new Later<>(input, begin, end, executor);
    }

    private static final class Later<I, T> extends AsyncProcessorSupport {

        private final Class<I> input;
        private final Function<I, CompletionStage<T>> begin;
        private final BiFunction<I, T, ?> end;
        private final Executor executor;

        Later(Class<I> input, Function<I, CompletionStage<T>> begin, BiFunction<I, T, ?> end, Executor executor) {
            this.input = input;
            this.begin = begin;
            this.end = end;
            this.executor = executor;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Object body = exchange.getMessage().getBody();
            if (body instanceof Ended) {
                callback.done(true);
                return true;
            }
            I record;
            CompletionStage<T> next;
            try {
                record = input.cast(body);
                next = begin.apply(record);
            } catch (RuntimeException e) { // handed to the route's policy, which alone decides
                exchange.setException(e);
                callback.done(true);
                return true;
            }
            // One task for the end and for the rest of the flow: each hand-over to another thread costs more than it.
            next.whenCompleteAsync((result, failure) -> finish(exchange, record, result, failure, callback), executor);
            return false;
        }

        private void finish(
                Exchange exchange, I record, T result, @Nullable Throwable failure, AsyncCallback callback) {
            if (failure == null) {
                try {
                    exchange.getMessage().setBody(end.apply(record, result));
                } catch (RuntimeException | Error e) { // as above: nobody else would ever end the flow
                    exchange.setException(e);
                }
            } else {
                Throwable cause = failure.getCause();
                exchange.setException(failure instanceof CompletionException && cause != null ? cause : failure);
            }
            callback.done(false);
        }
    }
}
