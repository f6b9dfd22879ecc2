package org.wasl.node.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request that a client describes to the demo issuer, in {@code authorization_details} (RFC 9396).
 *
 * @param txn what ties together the request's messages
 * @param purpose for which purpose it is asked
 * @param services the services that are asked
 * @param inputs the request's inputs
 * @param kind the capacity in which the person asks
 * @param actor the person's identifier, as the client knows it
 * @param representedParty whom the person represents; null when nobody
 */
record RequestedDetails(
        String txn,
        String purpose,
        List<String> services,
        Map<String, String> inputs,
        String kind,
        String actor,
        @Nullable String representedParty) {

    private static final int MAX_CHARACTERS = 8192;
    private static final int MAX_ENTRIES = 32;
    private static final Set<String> KNOWN =
            Set.of("type", "txn", "purpose", "services", "inputs", "actor_kind", "actor", "represented_party");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    /** What this parameter says; empty when it is not one description of a request. */
    static Optional<RequestedDetails> read(@Nullable Object parameter) {
        if (!(parameter instanceof String text) || text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        try {
            JsonNode all = JSON.readTree(text);
            JsonNode one = all.path(0);
            return all.isArray() && all.size() == 1 && one.isObject() ? of(one) : Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<RequestedDetails> of(JsonNode details) {
        List<String> services = new ArrayList<>();
        details.path("services").forEach(service -> services.add(text(service)));
        Map<String, String> inputs = new LinkedHashMap<>();
        details.path("inputs").properties().forEach(input -> inputs.put(input.getKey(), text(input.getValue())));
        RequestedDetails read = new RequestedDetails(
                text(details.path("txn")),
                text(details.path("purpose")),
                services,
                inputs,
                text(details.path("actor_kind")),
                text(details.path("actor")),
                details.has("represented_party") ? text(details.path("represented_party")) : null);
        boolean known = true;
        for (java.util.Iterator<String> names = details.fieldNames(); names.hasNext(); ) {
            known &= KNOWN.contains(names.next());
        }
        boolean complete = TokenExchangeClient.DETAILS_TYPE.equals(text(details.path("type")))
                && details.path("services").isArray()
                && details.path("inputs").isObject()
                && !services.isEmpty()
                && services.size() <= MAX_ENTRIES
                && inputs.size() <= MAX_ENTRIES
                && !services.contains("")
                && !inputs.containsValue("")
                && !read.txn.isEmpty()
                && !read.purpose.isEmpty()
                && !read.actor.isEmpty()
                && !"".equals(read.representedParty);
        return known && complete ? Optional.of(read) : Optional.empty();
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : "";
    }
}
