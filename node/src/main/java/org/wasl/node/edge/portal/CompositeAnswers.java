package org.wasl.node.edge.portal;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.wasl.node.edge.RecordJson;
import org.wasl.node.edge.Records;
import org.wasl.node.edge.Representation;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.edge.verification.VerificationCode;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.security.container.Container;
import org.wasl.security.container.PayloadOpener;

/** How a composite request stands, as an HTTP answer. */
final class CompositeAnswers {

    /** A consolidated answer does not travel: it is made and given out by the same node, and so is not encrypted. */
    private static final PayloadOpener PLAIN = PayloadOpener.keyless();

    /** Later answers come from people: nobody needs to ask each second. */
    private static final String PENDING_SECONDS = "60";

    private final RecordJson json;

    CompositeAnswers(RecordJson json) {
        this.json = json;
    }

    /** That the request was cancelled, as its asker wanted. */
    ResponseEntity<byte[]> cancelled(UUID trackingId, Representation representation) {
        String state =
                switch (representation) {
                    case JSON -> "{\"trackingId\":\"" + trackingId + "\",\"status\":\"CANCELLED\"}";
                    case XML -> "<request trackingId=\"" + trackingId + "\" status=\"CANCELLED\"></request>";
                };
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, representation.contentType())
                .header(HttpHeaders.CONTENT_LOCATION, "/requests/" + trackingId)
                .body(state.getBytes(StandardCharsets.UTF_8));
    }

    /** The answer: 200 with the consolidated answer, 202 while it runs or sources answer later, a problem when it failed as a whole. */
    ResponseEntity<byte[]> answer(UUID trackingId, CompositeResult result, Representation representation) {
        String tracking = "/requests/" + trackingId;
        if (result instanceof CompositeResult.Faulted faulted) {
            throw new RefusedException(faulted.fault(), faulted.request().isPresent() ? tracking : null);
        }
        if (result instanceof CompositeResult.Answered answered) {
            Container answer = answered.answer();
            return ResponseEntity.ok()
                    .header(HttpHeaders.CONTENT_TYPE, representation.contentType())
                    .header(HttpHeaders.CONTENT_LOCATION, tracking)
                    .header("Wasl-Reply-Id", answer.header().messageId().toString())
                    .header(
                            VerificationCode.HEADER,
                            VerificationCode.of(trackingId).text())
                    .header(HttpHeaders.LINK, "</containers/" + answer.header().messageId() + ">; rel=\"describedby\"")
                    .body(Records.of(answer, PLAIN).as(representation, json));
        }
        if (result instanceof CompositeResult.Pending pending) {
            Container interim = pending.interim();
            return ResponseEntity.status(HttpStatus.ACCEPTED)
                    .header(HttpHeaders.CONTENT_TYPE, representation.contentType())
                    .header(HttpHeaders.LOCATION, tracking)
                    .header(HttpHeaders.RETRY_AFTER, PENDING_SECONDS)
                    .header("Wasl-Interim-Id", interim.header().messageId().toString())
                    .header("Wasl-Open-Until", interim.header().expires().toString())
                    .header(HttpHeaders.LINK, "</containers/" + interim.header().messageId() + ">; rel=\"describedby\"")
                    .body(Records.of(interim, PLAIN).as(representation, json));
        }
        String running =
                switch (representation) {
                    case JSON -> "{\"trackingId\":\"" + trackingId + "\",\"status\":\"RUNNING\"}";
                    case XML -> "<request trackingId=\"" + trackingId + "\" status=\"RUNNING\"></request>";
                };
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.CONTENT_TYPE, representation.contentType())
                .header(HttpHeaders.LOCATION, tracking)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(running.getBytes(StandardCharsets.UTF_8));
    }
}
