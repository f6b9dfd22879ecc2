package org.wasl.security.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.wasl.security.crypto.SignatureMethod;

class ContainerDescriptionTest {

    private final TestWorld world = TestWorld.withKeys("EC");

    @Test
    void of_whenOpened_describesEntriesHeaderSignatureAndCertificate() {
        Container container = world.request();

        JsonNode json = new ObjectMapper()
                .valueToTree(ContainerDescription.of(container).toMap());

        assertThat(json.at("/entries").findValuesAsText("name"))
                .containsExactly(
                        "mimetype", "META-INF/manifest.xml", "header.xml", "payload.xml", "META-INF/signatures.xml");
        assertThat(json.at("/entries/2/sha256").asText()).isEqualTo(container.headerDigest());
        assertThat(json.at("/header/messageId").asText())
                .isEqualTo(container.header().messageId().toString());
        assertThat(json.at("/signature/algorithm").asText()).isEqualTo(SignatureMethod.ECDSA_P256_SHA256.uri());
        assertThat(json.at("/certificate/subject").asText()).contains("PORTAL messages");
    }

    @Test
    void toLines_whenReply_showsTheRequestAndNeverThePayload() {
        Container container =
                world.signed(world.header(MessageKind.REPLY, "application/xml"), TestWorld.utf8("<x>secret</x>"));

        assertThat(ContainerDescription.of(container).toLines())
                .anyMatch(line -> line.startsWith("  inReplyTo "))
                .noneMatch(line -> line.contains("secret"));
    }
}
