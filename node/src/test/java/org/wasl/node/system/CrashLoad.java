package org.wasl.node.system;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.wasl.agencies.population.Personas;

/** People and agencies that keep asking, and remember what they asked and what they were told. */
final class CrashLoad implements AutoCloseable {

    private static final List<String> COMPOSITES =
            List.of("general-clearance", "vehicle-licence-renewal", "property-clearance", "no-conviction-certificate");
    private static final int EVERY_SO_MANY = 4;

    /** A question, which its key makes the same whenever it is asked again. */
    record Question(String key, Optional<String> composite, Personas about) {

        HttpResponse<byte[]> ask(Edges edges) throws Exception {
            if (composite.isEmpty()) {
                return edges.agency(
                        Edges.COURT,
                        "GET",
                        Edges.PERSON + "?nationalNumber=" + about.nationalNumber(),
                        "",
                        "X-Road-Client",
                        "JO/GOV/MOJ/case-system",
                        "X-Road-Id",
                        key,
                        "X-Road-Issue",
                        "C-2026-17",
                        "Wasl-Purpose",
                        "COURT_CASE",
                        "Wasl-Legal-Basis",
                        "JO-LAW-9-2001");
            }
            String plate = "vehicle-licence-renewal".equals(composite.get())
                    ? ",\"plateCode\":\"" + about.plate().code() + "\",\"plateNumber\":\""
                            + about.plate().number() + "\""
                    : "";
            return edges.portal(
                    "POST",
                    "/composites/" + composite.get(),
                    "{\"nationalNumber\":\"" + about.nationalNumber() + "\"" + plate + "}",
                    "Content-Type",
                    "application/json",
                    "Accept",
                    "application/xml",
                    "Authorization",
                    edges.bearer("officer"),
                    "Wasl-Case-Reference",
                    "C-2026-17",
                    "Idempotency-Key",
                    key);
        }

        /** The signed answer, for whoever asked. */
        HttpResponse<byte[]> evidence(Edges edges, String replyId) throws Exception {
            String path = "/containers/" + replyId;
            return composite.isPresent() ? edges.get("officer", path) : edges.agency(Edges.COURT, "GET", path, "");
        }
    }

    /** What somebody was told: the body, and the signed container where they fetched it in time. */
    record Told(Question question, int status, byte[] body, Optional<String> replyId, Optional<byte[]> container) {}

    private final Edges edges;
    private final long seed;
    private final ExecutorService askers;
    private final AtomicBoolean asking = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final Queue<Question> silent = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();

    CrashLoad(Edges edges, long seed, int people) throws IOException, InterruptedException {
        this.edges = edges;
        this.seed = seed;
        // Before the storm, so that nobody is cut off while logging in.
        edges.bearer("officer");
        askers = Executors.newFixedThreadPool(people);
        for (int i = 0; i < people; i++) {
            int person = i;
            askers.execute(() -> ask(person));
        }
        askers.shutdown();
    }

    private void ask(int person) {
        Random random = new Random(seed * 31 + person);
        for (int i = 0; asking.get(); i++) {
            boolean agency = random.nextInt(3) == 0;
            Question question = new Question(
                    agency ? new UUID(random.nextLong(), random.nextLong()).toString() : seed + "." + person + "." + i,
                    agency ? Optional.empty() : Optional.of(COMPOSITES.get(random.nextInt(COMPOSITES.size()))),
                    Personas.values()[random.nextInt(Personas.values().length)]);
            asked.incrementAndGet();
            ask(question, random.nextInt(EVERY_SO_MANY) == 0);
        }
    }

    private void ask(Question question, boolean fetch) {
        HttpResponse<byte[]> answer;
        try {
            answer = question.ask(edges);
        } catch (IOException cutOff) {
            silent.add(question);
            return;
        } catch (Exception unexpected) {
            surprises.add(unexpected);
            return;
        }
        Optional<String> replyId = answer.headers().firstValue("Wasl-Reply-Id");
        told.add(new Told(
                question,
                answer.statusCode(),
                answer.body(),
                replyId,
                fetch ? replyId.flatMap(id -> container(question, id)) : Optional.empty()));
    }

    private Optional<byte[]> container(Question question, String replyId) {
        try {
            HttpResponse<byte[]> container = question.evidence(edges, replyId);
            return container.statusCode() == 200 ? Optional.of(container.body()) : Optional.empty();
        } catch (IOException cutOff) {
            return Optional.empty();
        } catch (Exception unexpected) {
            surprises.add(unexpected);
            return Optional.empty();
        }
    }

    /** How many have been told something. */
    int answers() {
        return told.size();
    }

    /** Ends the load once the node is gone. */
    void end() throws InterruptedException {
        asking.set(false);
        if (!askers.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("somebody still waits for a node that is gone");
        }
        if (!surprises.isEmpty()) {
            throw new IllegalStateException("an asker failed", surprises.peek());
        }
    }

    int asked() {
        return asked.get();
    }

    List<Told> told() {
        return new ArrayList<>(told);
    }

    /** What was asked and not answered. */
    List<Question> silent() {
        return new ArrayList<>(silent);
    }

    static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    @Override
    public void close() {
        asking.set(false);
        askers.shutdownNow();
    }
}
