package org.wasl.node.edge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.audit.BreakGlass;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.node.identity.MemberAuthentication;
import org.wasl.node.identity.Role;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.registry.CurrentRegistry;

/**
 * The evidence itself, for its parties: the very octets that were signed, sent and logged. For an auditor, who is none,
 * with a stated reason only.
 */
@RestController
public final class ContainersController {

    private static final String MEDIA_TYPE = "application/vnd.etsi.asic-e+zip";

    private final MessageLog log;
    private final ContainerVerifier verifier;
    private final CurrentRegistry registry;
    private final BreakGlass breakGlass;

    public ContainersController(
            MessageLog log, ContainerVerifier verifier, CurrentRegistry registry, BreakGlass breakGlass) {
        this.breakGlass = breakGlass;
        this.log = log;
        this.verifier = verifier;
        this.registry = registry;
    }

    @GetMapping("/containers/{messageId}")
    ResponseEntity<byte[]> container(
            @PathVariable String messageId, Authentication authentication, HttpServletRequest request) {
        UUID id = MessageIds.uuid(messageId).orElseThrow(ContainersController::none);
        List<StoredMessage> messages = log.messages(id);
        for (StoredMessage message : messages) {
            byte[] octets = message.container();
            if (octets != null && isParty(authentication, message, octets)) {
                return answer(id, message, octets);
            }
        }
        if (authentication instanceof CallerAuthentication person
                && person.getPrincipal().is(Role.AUDITOR)) {
            return opened(id, messages, person.getPrincipal(), request);
        }
        throw none();
    }

    private ResponseEntity<byte[]> opened(
            UUID id, List<StoredMessage> messages, Caller auditor, HttpServletRequest request) {
        String reason = breakGlass.reason(request);
        for (StoredMessage message : messages) {
            byte[] octets = message.container();
            if (octets != null) {
                breakGlass.open(auditor, reason, "container", id.toString(), message.correlationId());
                return answer(id, message, octets);
            }
        }
        throw none();
    }

    private static ResponseEntity<byte[]> answer(UUID id, StoredMessage message, byte[] octets) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + ".asice\"")
                .header("Wasl-Log-Index", Long.toString(message.index()))
                .body(octets);
    }

    private boolean isParty(Authentication authentication, StoredMessage message, byte[] octets) {
        if (authentication instanceof MemberAuthentication certified) {
            MemberId member = certified.getPrincipal();
            return message.consumer().member().equals(member)
                    || message.provider().member().equals(member);
        }
        if (authentication instanceof CallerAuthentication person) {
            Caller caller = person.getPrincipal();
            return actor(message, octets).filter(caller.actorId()::equals).isPresent();
        }
        return false;
    }

    /** Who acted, as signed; empty when the container does not verify, since then nobody knows. */
    private Optional<String> actor(StoredMessage message, byte[] octets) {
        return verifier.verify(octets, registry.get(), message.at()) instanceof ContainerVerdict.Genuine genuine
                ? Optional.of(genuine.container().header().actor().id())
                : Optional.empty();
    }

    private static RefusedException none() {
        return new RefusedException(
                FaultCode.CONTAINER_NOT_FOUND, "There is no such message, or the caller is not a party to it.");
    }
}
