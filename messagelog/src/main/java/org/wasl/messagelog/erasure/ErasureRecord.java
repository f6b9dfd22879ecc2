package org.wasl.messagelog.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the log itself says of an erasure, logged before anything is erased: without such a record an erased container is
 * one that somebody took away.
 *
 * @param order who has what erased, and why
 * @param ranges the leaves whose containers are erased, smallest first
 */
public record ErasureRecord(ErasureOrder order, List<Range> ranges) {

    /** The code under which erasures are recorded. */
    public static final String PURPOSE = "ERASURE";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Leaves from one index to another, both included. */
    public record Range(long first, long last) {

        /** Whether this leaf is one of them. */
        public boolean holds(long index) {
            return first <= index && index <= last;
        }
    }

    public ErasureRecord {
        ranges = List.copyOf(ranges);
    }

    /** The record of erasing these leaves. */
    static ErasureRecord of(ErasureOrder order, List<Long> sorted) {
        List<Range> ranges = new ArrayList<>();
        for (long index : sorted) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).last() + 1 == index) {
                ranges.set(last, new Range(ranges.get(last).first(), index));
            } else {
                ranges.add(new Range(index, index));
            }
        }
        return new ErasureRecord(order, ranges);
    }

    /** The record as it is logged. */
    byte[] document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("action", PURPOSE);
        document.put("by", order.actor());
        document.put("reason", order.reason());
        if (order.selection() instanceof Selection.Expired expired) {
            document.put("service", expired.service());
            document.put("loggedBefore", expired.before().toString());
        } else if (order.selection() instanceof Selection.Request request) {
            document.put("request", request.correlationId());
        } else {
            document.put("about", "one subject");
        }
        document.put(
                "leaves",
                ranges.stream()
                        .map(range -> List.of(range.first(), range.last()))
                        .toList());
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and strings can be written", e);
        }
    }

    /** The leaves that a recorded document announces; empty when it is none. */
    public static Optional<List<Range>> ranges(byte[] document) {
        List<Range> ranges = new ArrayList<>();
        try {
            JsonNode read = JSON.readTree(document);
            if (read == null || !PURPOSE.equals(read.path("action").asText())) {
                return Optional.empty();
            }
            for (JsonNode range : read.path("leaves")) {
                ranges.add(new Range(range.path(0).asLong(-1), range.path(1).asLong(-1)));
            }
        } catch (IOException notJson) {
            return Optional.empty();
        }
        return Optional.of(ranges);
    }
}
