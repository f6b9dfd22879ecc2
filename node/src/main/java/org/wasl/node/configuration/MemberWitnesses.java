package org.wasl.node.configuration;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.note.CheckpointSigner;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.publication.RegistryLogs;
import org.wasl.messagelog.witness.Witness;
import org.wasl.messagelog.witness.WitnessFiles;
import org.wasl.messagelog.witness.WitnessServer;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.keys.CheckpointKey;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.NoteKey;

/**
 * The members of this node as witnesses of others' logs, each at the path of its registered address. Their memory lies
 * apart from the log's directory: whoever restores that does not take it back.
 */
final class MemberWitnesses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberWitnesses.class);

    private final Optional<WitnessServer> server;

    private MemberWitnesses(Optional<WitnessServer> server) {
        this.server = server;
    }

    /**
     * Starts witnessing; nothing is served when no member here has a registered key and address for it.
     *
     * @param memory where each member's memory lies, by its code
     */
    static MemberWitnesses start(
            InetSocketAddress address, CurrentRegistry registry, MemberKeys keys, Path memory, Clock clock)
            throws IOException {
        Map<String, Witness> witnesses = new HashMap<>();
        for (MemberId member : keys.members()) {
            Optional<CheckpointKey> key = keys.witnessKey(member);
            Optional<NoteKey> listed = key.flatMap(own -> listed(registry, own));
            if (listed.isPresent()) {
                CheckpointSigner signer =
                        new CheckpointSigner(listed.get().name(), SignatureType.COSIGNATURE_V1, key.get());
                witnesses.put(
                        path(listed.get()),
                        new Witness(
                                new RegistryLogs(registry, member, clock),
                                new WitnessFiles(memory.resolve(member.dotted())),
                                signer,
                                clock));
            }
        }
        if (witnesses.isEmpty()) {
            return none();
        }
        WitnessServer server = WitnessServer.start(address, witnesses);
        LOG.info("{} members here witness others' logs on port {}", witnesses.size(), server.port());
        return new MemberWitnesses(Optional.of(server));
    }

    /** Nobody here witnesses. */
    static MemberWitnesses none() {
        return new MemberWitnesses(Optional.empty());
    }

    private static Optional<NoteKey> listed(CurrentRegistry registry, CheckpointKey key) {
        return registry.get().member(key.member()).stream()
                .flatMap(member -> member.noteKeys().stream())
                .filter(note -> note.use() == NoteKey.Use.WITNESS
                        && note.address() != null
                        && note.key().equals(key.publicKey()))
                .findFirst();
    }

    private static String path(NoteKey key) {
        URI address = key.address();
        String path = address == null ? "" : address.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public void close() {
        server.ifPresent(WitnessServer::close);
    }
}
