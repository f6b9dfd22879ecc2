package org.wasl.node.identity;

import java.util.concurrent.CompletableFuture;

/** The way to the identity issuer whose assertions travel with people's requests. */
public interface AssertionClient {

    /** Asks for an assertion. The answer comes in bounded time, and never as an exception for what can be expected. */
    CompletableFuture<AssertionAnswer> assertion(AssertionOrder order);
}
