package org.wasl.routes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.InReplyTo;

class MessageIdsTest {

    private static final SubsystemId PROVIDER = SubsystemId.parse("JO/GOV/CSPD/registry");
    private static final SubsystemId CONSUMER = SubsystemId.parse("JO/GOV/PORTAL/web");
    private static final SubsystemId OTHER = SubsystemId.parse("JO/GOV/DVLD/licensing");
    private static final UUID REQUEST = UUID.fromString("00000000-0000-4000-8000-000000000001");

    @Test
    void answer_whenSameRequest_sameIdOfVersion8() {
        UUID id = MessageIds.answer(PROVIDER, CONSUMER, request("a"));

        assertThat(id).isEqualTo(MessageIds.answer(PROVIDER, CONSUMER, request("a")));
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void answer_whenAnyPartDiffers_otherId() {
        UUID id = MessageIds.answer(PROVIDER, CONSUMER, request("a"));

        assertThat(MessageIds.answer(PROVIDER, CONSUMER, request("b"))).isNotEqualTo(id);
        assertThat(MessageIds.answer(PROVIDER, OTHER, request("a"))).isNotEqualTo(id);
        assertThat(MessageIds.answer(CONSUMER, CONSUMER, request("a"))).isNotEqualTo(id);
    }

    private static InReplyTo request(String digit) {
        return new InReplyTo(REQUEST, digit.repeat(64), "0".repeat(64));
    }
}
