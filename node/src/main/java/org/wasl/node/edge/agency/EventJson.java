package org.wasl.node.edge.agency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wasl.node.edge.RecordJson;
import org.wasl.routes.event.ReceivedEvent;

/** The JSON form of a received event. */
public final class EventJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RecordJson records;

    public EventJson(RecordJson records) {
        this.records = records;
    }

    Map<String, Object> event(ReceivedEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sequence", event.sequence());
        json.put("id", event.id().toString());
        json.put("type", event.type().toString());
        json.put("issued", event.container().header().issued().toString());
        json.put("purpose", event.container().header().purpose());
        json.put("record", record(event));
        json.put("container", "/containers/" + event.id());
        return json;
    }

    String text(ReceivedEvent event) {
        try {
            return JSON.writeValueAsString(event(event));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can be written", impossible);
        }
    }

    private JsonNode record(ReceivedEvent event) {
        try {
            return JSON.readTree(records.write(event.record().root()));
        } catch (IOException impossible) {
            throw new IllegalStateException("what was written as JSON is JSON", impossible);
        }
    }
}
