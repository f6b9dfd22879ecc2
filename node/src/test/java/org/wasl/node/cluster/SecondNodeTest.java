package org.wasl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/** What two nodes of one agency are given: the same voice, and a log each. */
class SecondNodeTest {

    private static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");

    @TempDir
    Path root;

    @Test
    void twoNodes_speakWithOneKey_andSignALogEach() throws Exception {
        ClusterDirectory directory = new ClusterDirectory(root);
        Topology topology = Topology.of(new ClusterPlan(List.of("CSPD"), Map.of("CSPD", 2), 20));
        Desk desk = new Desk(directory, topology);
        desk.found();
        PartFiles files = new PartFiles(directory, topology);
        files.write();

        // Under one name, witnesses would hold the two logs against each other.
        HeldKey first = only(directory, "cspd", CertificateUse.CHECKPOINT);
        HeldKey second = only(directory, "cspd-2", CertificateUse.CHECKPOINT);
        assertThat(names(desk))
                .isEqualTo(Map.of(
                        publicKey(first), "JO/GOV/CSPD",
                        publicKey(second), "JO/GOV/CSPD/cspd-2"));
        assertThat(only(directory, "cspd-2", CertificateUse.MESSAGE).certificate())
                .isEqualTo(only(directory, "cspd", CertificateUse.MESSAGE).certificate());
        assertThat(only(directory, "cspd-2", CertificateUse.ENCRYPTION).certificate())
                .isEqualTo(only(directory, "cspd", CertificateUse.ENCRYPTION).certificate());
        // An agency is one witness, however many nodes it has.
        assertThat(held(directory, "cspd-2", CertificateUse.WITNESS)).isEmpty();
        assertThat(Files.readString(root.resolve("parts/cspd-2/secrets/held-answers.key")))
                .isEqualTo(Files.readString(root.resolve("parts/cspd/secrets/held-answers.key")));
        assertThat(files.settings(topology.part("cspd-2")))
                .containsEntry("wasl.cache.address", "'10.77.11.62'")
                .containsEntry("wasl.cache.members", "['10.77.11.61:5701', '10.77.11.62:5701']");
        assertThat(files.settings(topology.part(Topology.PORTAL))).doesNotContainKey("wasl.cache.members");
    }

    @Test
    void newEpoch_namesAndSignsTheLogAnew_andEndsTheOldName() throws Exception {
        ClusterDirectory directory = new ClusterDirectory(root);
        Topology topology = Topology.of(new ClusterPlan(List.of("CSPD"), Map.of("CSPD", 2), 20));
        Desk desk = new Desk(directory, topology);
        desk.found();
        PublicKey before = publicKey(only(directory, "cspd-2", CertificateUse.CHECKPOINT));

        assertThat(desk.newEpoch(topology.part("cspd-2"))).isEqualTo("JO/GOV/CSPD/cspd-2/2");

        assertThat(names(desk).values())
                .containsExactlyInAnyOrder("JO/GOV/CSPD", "JO/GOV/CSPD/cspd-2", "JO/GOV/CSPD/cspd-2/2");
        NoteKey old = checkpoints(desk).stream()
                .filter(key -> key.key().equals(before))
                .findFirst()
                .orElseThrow();
        assertThat(old.validTo()).isBeforeOrEqualTo(Instant.now());
        assertThat(desk.newEpoch(topology.part("cspd-2"))).isEqualTo("JO/GOV/CSPD/cspd-2/3");
        assertThat(desk.newEpoch(topology.part("cspd"))).isEqualTo("JO/GOV/CSPD/2");
    }

    @Test
    void rotateMessageKey_givesAllNodesTheNewOne_andListsBoth() throws Exception {
        ClusterDirectory directory = new ClusterDirectory(root);
        Topology topology = Topology.of(new ClusterPlan(List.of("CSPD"), Map.of("CSPD", 2), 20));
        Desk desk = new Desk(directory, topology);
        desk.found();

        desk.rotateMessageKey("CSPD");

        List<HeldKey> first = held(directory, "cspd", CertificateUse.MESSAGE);
        assertThat(first).hasSize(2);
        assertThat(held(directory, "cspd-2", CertificateUse.MESSAGE))
                .extracting(HeldKey::certificate)
                .containsExactlyInAnyOrderElementsOf(
                        first.stream().map(HeldKey::certificate).toList());
        Registry registry = registry(desk);
        assertThat(first)
                .allSatisfy(key -> assertThat(registry.certificate(CSPD, CertificateUse.MESSAGE, key.certificate()))
                        .isPresent());
    }

    private static PublicKey publicKey(HeldKey key) {
        return key.certificate().getPublicKey();
    }

    private static HeldKey only(ClusterDirectory directory, String node, CertificateUse use) throws Exception {
        List<HeldKey> keys = held(directory, node, use);
        assertThat(keys).as("%s of %s", use, node).hasSize(1);
        return keys.get(0);
    }

    private static List<HeldKey> held(ClusterDirectory directory, String node, CertificateUse use) throws Exception {
        TrustFiles own = new TrustFiles(directory.part(node));
        try (Pkcs12Custody custody = new Pkcs12Custody(own.keys(), own.secrets())) {
            return custody.keys(Set.of(CSPD)).stream()
                    .filter(key -> key.use() == use)
                    .toList();
        }
    }

    private static Map<PublicKey, String> names(Desk desk) throws Exception {
        return checkpoints(desk).stream().collect(java.util.stream.Collectors.toMap(NoteKey::key, NoteKey::name));
    }

    private static List<NoteKey> checkpoints(Desk desk) throws Exception {
        return registry(desk).member(CSPD).orElseThrow().noteKeys().stream()
                .filter(key -> key.use() == NoteKey.Use.CHECKPOINT)
                .toList();
    }

    private static Registry registry(Desk desk) throws Exception {
        RegistryReading reading = new RegistryXml(SchemaCatalogue.load())
                .readDraft(SignedRegistry.read(desk.published()).octets());
        return ((RegistryReading.Readable) reading).registry();
    }
}
