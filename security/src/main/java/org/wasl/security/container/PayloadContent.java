package org.wasl.security.container;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.deferral.Delivery;
import org.wasl.schemas.fault.Fault;

/** What a {@code payload.xml} holds. */
public sealed interface PayloadContent {

    /**
     * A request's question.
     *
     * @param parameters its parameters, in the order given
     * @param assertion what an identity issuer asserts of the person who asks, a JSON Web Signature in compact form;
     *     null when none came
     */
    record Query(Map<String, String> parameters, @Nullable String assertion) implements PayloadContent {

        /** A question without an assertion. */
        public Query(Map<String, String> parameters) {
            this(parameters, null);
        }

        public Query {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /**
     * A record, an event or a composite service's consolidated answer.
     *
     * @param namespace the root's namespace
     * @param name the root's local name
     * @param octets the record as a document of its own, UTF-8: for what was embedded by {@link PayloadXml}, the same
     *     octets
     * @param root the root of a parsed document of its own; not safe for several threads at once
     * @param asOf when the source held it to be true; null when the source did not say
     * @param coverage whether it is all that there is
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Record(
            String namespace,
            String name,
            byte[] octets,
            Element root,
            @Nullable Instant asOf,
            Coverage coverage) implements PayloadContent {}

    /**
     * A signed fault.
     *
     * @param fault the other side's fault
     */
    record Faulted(Fault fault) implements PayloadContent {}

    /**
     * That the answer comes later.
     *
     * @param deferral why, and until when
     */
    record Later(Deferral deferral) implements PayloadContent {}

    /**
     * That no answer is wanted any more.
     *
     * @param reason a code
     */
    record Cancelled(String reason) implements PayloadContent {}

    /**
     * What came of handing a late answer on.
     *
     * @param delivery the outcome
     */
    record Delivered(Delivery delivery) implements PayloadContent {}

    /**
     * The payload is refused: it is not what its schema or its header says.
     *
     * @param fault why
     */
    record Refused(Fault fault) implements PayloadContent {}
}
