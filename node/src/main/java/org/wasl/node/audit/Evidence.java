package org.wasl.node.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wasl.messagelog.checkpoint.LogProof;
import org.wasl.security.agreement.AccessTrace;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;

/**
 * All that a log and the registry's archive hold of one request, found and judged.
 *
 * @param found what the log holds
 * @param messages its leaves with their containers, in the order logged
 * @param status the evidence of certificates' status, by digest
 * @param checkpoint the checkpoint that it rests on; empty when none covers it yet
 * @param proofs by index, that each leaf stands in the checkpoint's tree
 * @param rooted whether the log's leaves have the root that the checkpoint signs
 * @param stamp the time-stamp of the checkpoint; empty when there is none that holds
 * @param versions the registry's versions that its messages name, by number, and the one of the checkpoint's keys
 * @param decisions what the agreements say of each request, by message id
 */
record Evidence(
        LoggedCase found,
        List<CaseMessage> messages,
        Map<String, RevocationEvidence> status,
        Optional<CoveringCheckpoint> checkpoint,
        Map<Long, LogProof> proofs,
        boolean rooted,
        Optional<StampReader.Stamp> stamp,
        Map<Long, RegistryVersions.Version> versions,
        Map<String, AccessTrace> decisions) {

    Evidence {
        messages = List.copyOf(messages);
        versions = new TreeMap<>(versions);
    }

    /** The request that was asked for: the one of that id, else the first of the case; empty when its octets are gone. */
    Optional<CaseMessage> request() {
        List<CaseMessage> requests = messages.stream()
                .filter(message -> message.container() != null
                        && MessageKind.REQUEST
                                .name()
                                .equals(message.row().leaf().kind()))
                .toList();
        String id = found.requestId().toString();
        return requests.stream()
                .filter(message -> id.equals(message.row().leaf().messageId()))
                .findFirst()
                .or(() -> requests.stream().findFirst());
    }

    /** The messages that are answers to that request, first logged first. */
    List<CaseMessage> answersTo(String requestId) {
        return messages.stream()
                .filter(message -> requestId.equals(message.row().leaf().inReplyTo()) && !message.refused())
                .sorted(Comparator.comparingLong(CaseMessage::index))
                .toList();
    }

    /** Each container once, with the message that names its file. */
    List<CaseMessage> distinct() {
        Set<String> seen = new TreeSet<>();
        return messages.stream()
                .filter(message -> message.file() != null && seen.add(message.file()))
                .toList();
    }

    /** The requests with their octets, each once. */
    List<CaseMessage> requests() {
        return distinct().stream()
                .filter(message -> message.container() != null
                        && message.container().header().kind() == MessageKind.REQUEST)
                .toList();
    }

    /** The leaves whose containers were erased. */
    List<CaseMessage> erased() {
        return messages.stream().filter(message -> message.row().erased()).toList();
    }

    /** The request that this container answers, when it is here. */
    Optional<Container> asked(Container answer) {
        return requests().stream()
                .flatMap(message -> Optional.ofNullable(message.container()).stream())
                .filter(request -> answer.header().inReplyTo() != null
                        && request.header()
                                .messageId()
                                .equals(answer.header().inReplyTo().messageId()))
                .findFirst();
    }
}
