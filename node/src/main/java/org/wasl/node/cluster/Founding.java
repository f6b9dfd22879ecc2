package org.wasl.node.cluster;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.WitnessKey;
import org.wasl.node.identity.IssuerKey;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.EvidencePolicy;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Trusted;

/** Fits the samples' draft of a registry to a topology: which nodes speak for whom, who witnesses, and whose word about people counts. */
final class Founding {

    /** What the demonstration's issuer is called in assertions, wherever it listens. */
    private static final URI ISSUER = URI.create("urn:wasl:demo-issuer");

    private static final String WITNESS_NAME = "auditor.wasl.example/witness";
    private static final int QUORUM = 2;
    private static final Duration ALARM = Duration.ofSeconds(10);
    private static final Duration REFUSE = Duration.ofSeconds(60);

    private final ClusterDirectory directory;
    private final Topology topology;
    private final Clock clock;

    Founding(ClusterDirectory directory, Topology topology, Clock clock) {
        this.directory = directory;
        this.topology = topology;
        this.clock = clock;
    }

    /** Where a member's keys are: with its first node, or aside when the cluster has none of its nodes. */
    TrustFiles home(MemberId member) {
        List<Part> nodes = topology.nodes(member.member());
        return new TrustFiles(
                nodes.isEmpty()
                        ? directory.desk().resolve("absent").resolve(member.member())
                        : directory.part(nodes.get(0).name()));
    }

    /** The draft of the cluster's registry, from the samples' one. */
    Registry fitted(Registry samples, KeyCustody custody) throws IOException, GeneralSecurityException {
        List<Member> members = new ArrayList<>();
        for (Member member : samples.members()) {
            List<Part> nodes = topology.nodes(member.id().member());
            List<NoteKey> keys = new ArrayList<>(member.noteKeys());
            if (!nodes.isEmpty()) {
                keys.add(witness(member.id(), nodes.get(0), custody));
                for (Part node : nodes.subList(1, nodes.size())) {
                    keys.add(checkpoints(member.id(), node));
                }
            }
            members.add(new Member(
                    member.id(),
                    member.name(),
                    nodes.isEmpty()
                            ? member.nodes()
                            : nodes.stream().map(Part::name).toList(),
                    member.certificates(),
                    keys,
                    member.subsystems()));
        }
        Part portal = topology.part(Topology.PORTAL);
        IssuerKey issuer = IssuerKey.open(new DataDirectory(directory.part(portal.name())), clock);
        Trusted none = samples.trusted();
        return new Registry(
                samples.instance(),
                samples.version(),
                samples.issued(),
                samples.expires(),
                samples.grace(),
                new Trusted(
                        none.anchors(), none.intermediates(), List.of(issuer.registered(ISSUER)), none.federations()),
                evidence(),
                members,
                samples.agreements());
    }

    /** Each node keeps a log of its own: under the name of another's log, its witnesses would take the two for a fork. */
    private NoteKey checkpoints(MemberId member, Part node) throws IOException, GeneralSecurityException {
        TrustFiles own = new TrustFiles(directory.part(node.name()));
        try (KeyCustody custody = new Pkcs12Custody(own.keys(), own.secrets())) {
            HeldKey key = obtained(member, CertificateUse.CHECKPOINT, custody);
            return new NoteKey(
                    NoteKey.Use.CHECKPOINT,
                    member + "/" + node.name(),
                    custody.checkpointKey(key).publicKey(),
                    from(key),
                    key.certificate().getNotAfter().toInstant(),
                    null,
                    null);
        }
    }

    private static HeldKey obtained(MemberId member, CertificateUse use, KeyCustody custody)
            throws IOException, GeneralSecurityException {
        Optional<HeldKey> kept = custody.keys(Set.of(member)).stream()
                .filter(key -> key.use() == use)
                .findFirst();
        return kept.isPresent() ? kept.get() : custody.generate(member, use);
    }

    private NoteKey witness(MemberId member, Part node, KeyCustody custody)
            throws IOException, GeneralSecurityException {
        HeldKey key = obtained(member, CertificateUse.WITNESS, custody);
        return new NoteKey(
                NoteKey.Use.WITNESS,
                member + "/witness",
                custody.checkpointKey(key).publicKey(),
                from(key),
                key.certificate().getNotAfter().toInstant(),
                null,
                URI.create("http://" + node.address(Network.BUS) + ":" + node.port(Topology.WITNESS_PORT) + "/"
                        + member.member()));
    }

    /** Two of all others must have seen a log: one of them may be away. */
    private EvidencePolicy evidence() throws IOException, GeneralSecurityException {
        Part part = topology.part(Topology.WITNESS);
        WitnessKey key = WitnessKey.obtain(directory.part(part.name()), Optional.of(WITNESS_NAME))
                .orElseThrow(() -> new IOException("the witness of " + directory.root() + " has another name"));
        EvidencePolicy.Witness auditor = new EvidencePolicy.Witness(
                WITNESS_NAME,
                key.signer().verifierKey().key(),
                URI.create("http://" + part.address(Network.BUS) + ":" + part.port(Topology.SERVICE_PORT)),
                from(key.held()),
                key.held().certificate().getNotAfter().toInstant(),
                null);
        return new EvidencePolicy(
                Optional.of(new EvidencePolicy.Witnessing(QUORUM, ALARM, REFUSE)), Optional.empty(), List.of(auditor));
    }

    private static Instant from(HeldKey key) {
        return key.certificate().getNotBefore().toInstant();
    }
}
