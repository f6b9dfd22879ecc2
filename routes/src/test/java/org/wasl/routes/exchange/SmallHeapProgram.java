package org.wasl.routes.exchange;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Eight exchanges of ten megabytes at a time, in whatever heap it is given. */
final class SmallHeapProgram {

    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LENGTH = 10L * 1024 * 1024;

    private SmallHeapProgram() {}

    /**
     * @param arguments the directory to work in
     */
    public static void main(String[] arguments) throws Exception {
        String expected = Documents.digest(Documents.octets(LENGTH));
        try (TestNode node = new TestNode(Path.of(arguments[0]))) {
            node.federation.agreements(List.of(Documents.agreement()));
            node.connector.answer(Documents.pdf(LENGTH));
            List<CompletableFuture<ExchangeResult>> under = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                under.add(node.exchange().client().submit(Documents.request(PATIENCE)));
            }
            for (CompletableFuture<ExchangeResult> one : under) {
                ExchangeResult result = one.join();
                if (!(result instanceof ExchangeResult.Answered answered)
                        || !Documents.digestOf(answered.reply()).equals(expected)) {
                    throw new AssertionError("not answered with the document: " + result);
                }
            }
        }
        System.out.println("answered " + AT_ONCE);
    }
}
