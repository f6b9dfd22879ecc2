package org.wasl.routes.held;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.wasl.schemas.identifier.MemberId;

/** A cache in a map, which a test can look into, break, and slow down. */
public final class MemoryAnswerCache implements AnswerCache {

    private final Map<String, byte[]> values = new ConcurrentHashMap<>();
    private final Map<String, Duration> lives = new ConcurrentHashMap<>();
    private volatile boolean killed;
    private volatile boolean silent;

    /** From now on it fails at once. */
    public void kill() {
        killed = true;
    }

    /** From now on, it never says a word; or again, it does. */
    public void silent(boolean now) {
        silent = now;
    }

    /** Everything that whoever holds the cache can see. */
    public List<byte[]> seen() {
        List<byte[]> seen = new ArrayList<>(values.values());
        values.keySet().forEach(key -> seen.add(key.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
        return seen;
    }

    /** The longest that anything is held. */
    public Duration longest() {
        return lives.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Whoever holds the cache changes one bit of each value. */
    public void alter() {
        values.values().forEach(value -> value[value.length - 1] ^= 1);
    }

    /** Everything is lost. */
    public void clear() {
        values.clear();
    }

    @Override
    public CompletionStage<Optional<byte[]>> get(MemberId member, byte[] name) {
        return answer(Optional.ofNullable(values.get(key(member, name))));
    }

    @Override
    public CompletionStage<?> put(MemberId member, byte[] name, byte[] octets, Duration life) {
        if (!silent && !killed) {
            values.put(key(member, name), octets);
            lives.put(key(member, name), life);
        }
        return answer(life);
    }

    @Override
    public CompletionStage<?> remove(MemberId member, byte[] name) {
        if (!silent && !killed) {
            values.remove(key(member, name));
        }
        return answer(member);
    }

    private <T> CompletionStage<T> answer(T result) {
        if (killed) {
            throw new IllegalStateException("the cache was killed");
        }
        return silent ? new CompletableFuture<>() : CompletableFuture.completedFuture(result);
    }

    private static String key(MemberId member, byte[] name) {
        return member + " " + ByteBuffer.wrap(name).asLongBuffer().get(0)
                + ByteBuffer.wrap(name).getLong(8);
    }

    @Override
    public boolean holds() {
        return true;
    }

    @Override
    public void close() {
        values.clear();
    }
}
