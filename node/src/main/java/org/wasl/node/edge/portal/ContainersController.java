package org.wasl.node.edge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.node.edge.ContentResource;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.audit.BreakGlass;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.node.identity.MemberAuthentication;
import org.wasl.node.identity.Role;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.DocumentVerifier;
import org.wasl.security.registry.CurrentRegistry;

/**
 * The evidence itself, for its parties: the very octets that were signed, sent and logged. For an auditor, who is none,
 * with a stated reason only.
 */
@RestController
public final class ContainersController {

    private static final String MEDIA_TYPE = "application/vnd.etsi.asic-e+zip";

    private final MessageLog log;
    private final AsicContainerVerifier verifier;
    private final DocumentVerifier documents;
    private final CurrentRegistry registry;
    private final BreakGlass breakGlass;

    public ContainersController(
            MessageLog log, AsicContainerVerifier verifier, CurrentRegistry registry, BreakGlass breakGlass) {
        this.breakGlass = breakGlass;
        this.log = log;
        this.verifier = verifier;
        this.documents = new DocumentVerifier(verifier);
        this.registry = registry;
    }

    @GetMapping("/containers/{messageId}")
    ResponseEntity<Object> container(
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

    private ResponseEntity<Object> opened(
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

    /** Of a container with a document the message has only the card: the whole is streamed from the log. */
    private ResponseEntity<Object> answer(UUID id, StoredMessage message, byte[] octets) {
        Optional<ContainerContent> whole = log.whole(message.index());
        Object body = whole.isPresent()
                ? new ContentResource(whole.get().length(), () -> whole.get().open(0))
                : octets;
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + ".asice\"")
                .header("Wasl-Log-Index", Long.toString(message.index()))
                .body(body);
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
        return verdict(message, octets) instanceof ContainerVerdict.Genuine genuine
                ? Optional.of(genuine.container().header().actor().id())
                : Optional.empty();
    }

    private ContainerVerdict verdict(StoredMessage message, byte[] octets) {
        Optional<ContainerContent> whole = log.whole(message.index());
        try {
            return whole.isPresent()
                    ? documents.verify(whole.get(), registry.get(), message.at())
                    : verifier.verify(octets, registry.get(), message.at());
        } catch (IOException e) {
            throw new LogUnavailableException("a document in the log cannot be read", e);
        }
    }

    private static RefusedException none() {
        return new RefusedException(
                FaultCode.CONTAINER_NOT_FOUND, "There is no such message, or the caller is not a party to it.");
    }
}
