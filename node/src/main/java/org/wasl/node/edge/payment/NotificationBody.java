package org.wasl.node.edge.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/** The plain members of an authentic notification. */
final class NotificationBody {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private NotificationBody() {}

    static Map<String, String> read(byte[] body) throws IOException {
        try {
            JsonNode root = JSON.readTree(body);
            Map<String, String> members = new HashMap<>();
            root.fields().forEachRemaining(member -> {
                if (member.getValue().isTextual()) {
                    members.put(member.getKey(), member.getValue().textValue());
                }
            });
            return members;
        } catch (JsonProcessingException e) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "The notification is not JSON.", e);
        }
    }
}
