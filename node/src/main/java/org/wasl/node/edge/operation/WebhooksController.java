package org.wasl.node.edge.operation;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.webhook.UndeliveredAnswer;
import org.wasl.node.webhook.Webhooks;
import org.wasl.schemas.fault.FaultCode;

/** The late answers that could not be handed on, for operators, and trying them again. */
@RestController
public final class WebhooksController {

    private final Webhooks webhooks;

    public WebhooksController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @GetMapping(path = "/webhooks/undelivered", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<UndeliveredAnswer>> undelivered() {
        return Map.of("undelivered", webhooks.undelivered());
    }

    @PostMapping("/webhooks/undelivered/{id}")
    ResponseEntity<Void> again(@PathVariable String id) {
        UUID requestId = MessageIds.uuid(id).orElseThrow(WebhooksController::none);
        if (!webhooks.again(requestId)) {
            throw none();
        }
        return ResponseEntity.accepted().build();
    }

    private static RefusedException none() {
        return new RefusedException(
                FaultCode.RESOURCE_NOT_FOUND, "There is no such answer that was given up, or it is being tried.");
    }
}
