package org.wasl.node.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a node answered.
 *
 * @param status the HTTP status
 * @param headers the headers, by lower-case name, the first value of each
 * @param body the body
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record NodeAnswer(int status, Map<String, String> headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public NodeAnswer {
        headers = new TreeMap<>(headers);
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON; an empty object when it is none.
     *
     * @throws IOException never for octets in memory, but the reader declares it
     */
    public JsonNode json() throws IOException {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? JSON.createObjectNode() : tree;
        } catch (JsonProcessingException notJson) {
            return JSON.createObjectNode();
        }
    }
}
