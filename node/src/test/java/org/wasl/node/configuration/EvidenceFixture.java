package org.wasl.node.configuration;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.RegisteredWitness;
import org.wasl.security.registry.Registry;

/** What tests of a node's evidence do again and again: ask the node, edit its registry. */
final class EvidenceFixture {

    static final MemberId COURT = MemberId.parse("JO/GOV/MOJ");
    static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");

    private EvidenceFixture() {}

    /** One exchange, as the court's system asks it. */
    static HttpResponse<byte[]> ask(RunningNode node) throws Exception {
        return node.agency(
                COURT,
                "GET",
                "/r1/JO/GOV/CSPD/registry/person-record/v1?nationalNumber=" + Personas.CLEAN.nationalNumber(),
                "",
                "X-Road-Client",
                "JO/GOV/MOJ/case-system",
                "X-Road-Id",
                UUID.randomUUID().toString(),
                "X-Road-UserId",
                "judge-1",
                "X-Road-Issue",
                "case-1",
                "Wasl-Purpose",
                "COURT_CASE",
                "Wasl-Legal-Basis",
                "JO-LAW-9-2001");
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Edits the draft that the demonstration's authority signs as soon as it changes. */
    static void edit(DataDirectory directory, UnaryOperator<String> change) throws IOException {
        Path draft = directory.authority().resolve("draft.xml");
        Path next = directory.authority().resolve("draft.xml.next");
        Files.writeString(next, change.apply(Files.readString(draft)));
        Files.move(next, draft, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts what is asked of witnesses, and witnesses, into a draft. */
    static UnaryOperator<String> evidence(int quorum, String alarmAfter, String refuseAfter, String witnesses) {
        return draft -> draft.replaceFirst(
                "(?=<member )",
                "<evidence><witnessing quorum=\"" + quorum + "\" alarmAfter=\"" + alarmAfter + "\" refuseAfter=\""
                        + refuseAfter + "\"/>" + witnesses + "</evidence>\n  ");
    }

    /** The key with which the log's checkpoints are signed, as the registry lists it. */
    static NoteKey logKey(Registry registry) {
        return registry.member(PORTAL).orElseThrow().noteKeys().stream()
                .filter(key -> key.use() == NoteKey.Use.CHECKPOINT)
                .findFirst()
                .orElseThrow();
    }

    static Map<String, PublicKey> witnessKeys(Registry registry) {
        Map<String, PublicKey> keys = new HashMap<>();
        for (RegisteredWitness witness : registry.witnesses()) {
            keys.put(witness.name(), witness.key());
        }
        return keys;
    }
}
