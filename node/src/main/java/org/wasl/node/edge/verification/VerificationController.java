package org.wasl.node.edge.verification;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.checkpoint.LogProof;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.edge.Records;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Service;

/**
 * What anybody may ask: whether there is an answer under a verification code, and whom this node trusts. Who holds a code
 * was shown the answer; so it tells no more than that there is one, and lets the asker check that by the published log.
 */
@RestController
public final class VerificationController {

    private static final String CONSOLIDATED = "urn:wasl:consolidated:1";
    /** Of one answer there are two leaves in a node that speaks for both sides; with refused copies, a few more. */
    private static final int MAX_LEAVES = 64;
    /** A consolidated answer is made and given out by the same node, and so is not encrypted. */
    private static final PayloadOpener PLAIN = PayloadOpener.keyless();

    private final CompositeServices composites;
    private final AuditedLog log;
    private final PublishedProofs proofs;
    private final CurrentRegistry registry;
    private final Authority authority;
    private final LookupRate rate;

    /** The pinned certificate of the registry's authority, read when it is asked for. */
    @FunctionalInterface
    public interface Authority {
        X509Certificate certificate() throws IOException;
    }

    public VerificationController(
            CompositeServices composites,
            AuditedLog log,
            PublishedProofs proofs,
            CurrentRegistry registry,
            Authority authority,
            LookupRate rate) {
        this.composites = composites;
        this.log = log;
        this.proofs = proofs;
        this.registry = registry;
        this.authority = authority;
        this.rate = rate;
    }

    @GetMapping(path = "/verification/anchors", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Anchors> anchors() throws IOException {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .body(Anchors.of(registry.get(), authority.certificate()));
    }

    /** A code that is none, one of no request, and one of a request without an answer are the same to whoever asks. */
    @GetMapping(path = "/verification/{code}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Verification> verification(@PathVariable String code) throws IOException {
        rate.take();
        VerificationCode read = VerificationCode.parse(code).orElseThrow(VerificationController::none);
        if (!(composites.track(read.trackingId()).orElseThrow(VerificationController::none)
                instanceof CompositeResult.Answered answered)) {
            throw none();
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(verification(read, answered.answer()));
    }

    private Verification verification(VerificationCode code, Container answer) throws IOException {
        Header header = answer.header();
        FoundLeaf found = leaf(header);
        Optional<LogProof> proof = proofs.proof(found.index());
        MemberId member = header.sender().member();
        return new Verification(
                code.text(),
                header.messageId().toString(),
                header.kind().name(),
                header.service().toString(),
                name(header.service()),
                member.toString(),
                registry.get()
                        .member(member)
                        .map(Member::name)
                        .map(VerificationController::both)
                        .orElseGet(Map::of),
                Instant.ofEpochMilli(found.leaf().atMillis()),
                decisionReady(answer),
                Base64.getEncoder().encodeToString(found.leaf().encode(found.index())),
                found.index(),
                proof.map(one -> new String(one.octets(), StandardCharsets.UTF_8))
                        .orElse(null));
    }

    /** The leaf of who signed the answer. In the first formats a leaf holds the subject's keyed hash: those stay here. */
    private FoundLeaf leaf(Header header) {
        String id = header.messageId().toString();
        LogQuery query =
                LogQuery.all().withCorrelationId(header.correlationId()).withDirection(Direction.SENT.name());
        return log.search(query, null, Long.MAX_VALUE, MAX_LEAVES).stream()
                .filter(found ->
                        id.equals(found.leaf().messageId()) && found.leaf().format() == Leaf.FORMAT)
                .findFirst()
                .orElseThrow(VerificationController::none);
    }

    private static @Nullable Boolean decisionReady(Container answer) {
        NodeList ready = Records.of(answer, PLAIN).root().getElementsByTagNameNS(CONSOLIDATED, "decisionReady");
        return ready.getLength() == 0 ? null : Boolean.valueOf(((Element) ready.item(0)).getTextContent());
    }

    private Map<String, String> name(ServiceId service) {
        return registry.get()
                .service(service)
                .map(Service::name)
                .map(VerificationController::both)
                .orElseGet(Map::of);
    }

    private static Map<String, String> both(Label label) {
        return Map.of("ar", label.arabic(), "en", label.english());
    }

    private static RefusedException none() {
        return new RefusedException(FaultCode.RESOURCE_NOT_FOUND, "There is no answer under this code.");
    }
}
