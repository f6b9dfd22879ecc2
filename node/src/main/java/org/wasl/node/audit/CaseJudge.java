package org.wasl.node.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.security.certificate.RecordedRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.RegistryReference;

/** Verifies every container of a case as of when it was logged: by the registry that it names, by the evidence of then. */
final class CaseJudge {

    private final AsicContainerVerifier verifier;
    private final RegistryVersions registries;

    CaseJudge(AsicContainerVerifier verifier, RegistryVersions registries) {
        this.verifier = verifier;
        this.registries = registries;
    }

    /** The evidence that the case's leaves name, by digest; what is missing or altered is left out. */
    static Map<String, RevocationEvidence> evidence(LoggedCase found, LogSource log) throws LogStoreException {
        Map<String, RevocationEvidence> evidence = new TreeMap<>();
        for (LogRow row : found.rows()) {
            for (String digest : row.leaf().evidenceDigests()) {
                Optional<RevocationEvidence> piece = evidence.containsKey(digest)
                        ? Optional.empty()
                        : log.evidence(digest).filter(read -> RevocationEvidence.of(read.kind(), read.octets())
                                .digest()
                                .equals(digest));
                piece.ifPresent(read -> evidence.put(digest, read));
            }
        }
        return evidence;
    }

    /** Judges all of them; the same octets logged twice are one file. */
    List<CaseMessage> judge(LoggedCase found, Map<String, RevocationEvidence> evidence) {
        List<RevocationEvidence> all = List.copyOf(evidence.values());
        Map<String, String> names = new LinkedHashMap<>();
        List<CaseMessage> messages = new ArrayList<>();
        for (LogRow row : found.rows()) {
            messages.add(judge(row, all, names));
        }
        return messages;
    }

    private CaseMessage judge(LogRow row, List<RevocationEvidence> evidence, Map<String, String> names) {
        long current = registries.current().registry().version();
        if (row.payload() == null || row.payload().container().length == 0) {
            return new CaseMessage(row, null, null, null, current);
        }
        byte[] octets = row.payload().container();
        Container container = verifier.open(octets) instanceof OpenResult.Opened opened ? opened.container() : null;
        String digest =
                RevocationEvidence.of(RevocationEvidence.Kind.CRL, octets).digest();
        String file = names.computeIfAbsent(digest, unused -> name(names.size() + 1, row, container));
        if (container == null) {
            return new CaseMessage(row, file, null, verdict(row, registries.current(), evidence), current);
        }
        RegistryVersions.Version version = version(container.header());
        return new CaseMessage(
                row,
                file,
                container,
                verdict(row, version, evidence),
                version.registry().version());
    }

    private RegistryVersions.Version version(Header header) {
        RegistryReference named = header.registry();
        return named == null
                ? registries.current()
                : registries.version(named.version()).orElseGet(registries::current);
    }

    /** What was logged as refused may be anything: it is judged all the same. */
    private ContainerVerdict verdict(LogRow row, RegistryVersions.Version version, List<RevocationEvidence> evidence) {
        Instant then = Instant.ofEpochMilli(row.leaf().atMillis());
        byte[] octets = row.payload() == null ? new byte[0] : row.payload().container();
        if (!evidence.isEmpty()) {
            ContainerVerdict asOfThen =
                    verifier.verify(octets, version.registry(), then, new RecordedRevocation(evidence));
            if (asOfThen instanceof ContainerVerdict.Genuine) {
                return asOfThen;
            }
        }
        // What this side signed itself was never asked about: then the lists at hand say what they can.
        return verifier.verify(octets, version.registry(), then);
    }

    private static String name(int number, LogRow row, @Nullable Container container) {
        if (container == null) {
            return String.format(Locale.ROOT, "containers/%02d-unreadable-%d.bin", number, row.index());
        }
        Header header = container.header();
        return String.format(
                Locale.ROOT,
                "containers/%02d-%s-%s.asice",
                number,
                header.kind().name().toLowerCase(Locale.ROOT),
                header.messageId());
    }
}
