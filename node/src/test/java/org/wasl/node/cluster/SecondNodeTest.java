package org.wasl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
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

/** What an agency's second node is given, and what it is not. */
class SecondNodeTest {

    private static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");

    @TempDir
    Path root;

    private ClusterDirectory directory = new ClusterDirectory(Path.of(""));

    @BeforeEach
    void write() throws ClusterException {
        directory = new ClusterDirectory(root);
        ClusterFiles.write(directory, new ClusterPlan(List.of("CSPD"), Map.of("CSPD", 2), 10), step -> {});
    }

    /** Two logs under one name were held against each other by their witnesses, and the second was disputed for ever. */
    @Test
    void secondNode_ofAnAgency_publishesItsLogUnderANameAndKeyOfItsOwn() throws Exception {
        Registry registry = registry();
        HeldKey first = only("cspd", CertificateUse.CHECKPOINT);
        HeldKey second = only("cspd-2", CertificateUse.CHECKPOINT);

        assertThat(origin(registry, first)).isEqualTo("JO/GOV/CSPD");
        assertThat(origin(registry, second)).isEqualTo("JO/GOV/CSPD/cspd-2");
    }

    @Test
    void secondNode_ofAnAgency_speaksWithTheSameKeysAndIsNoSecondWitness() throws Exception {
        assertThat(only("cspd-2", CertificateUse.MESSAGE).certificate())
                .isEqualTo(only("cspd", CertificateUse.MESSAGE).certificate());
        assertThat(only("cspd-2", CertificateUse.ENCRYPTION).certificate())
                .isEqualTo(only("cspd", CertificateUse.ENCRYPTION).certificate());
        assertThat(keys("cspd-2", CertificateUse.WITNESS)).isEmpty();
    }

    private static String origin(Registry registry, HeldKey key) {
        return registry.member(CSPD).orElseThrow().noteKeys().stream()
                .filter(listed -> listed.use() == NoteKey.Use.CHECKPOINT
                        && listed.key().equals(key.certificate().getPublicKey()))
                .map(NoteKey::name)
                .findFirst()
                .orElseThrow();
    }

    private HeldKey only(String node, CertificateUse use) throws Exception {
        List<HeldKey> keys = keys(node, use);
        assertThat(keys).hasSize(1);
        return keys.get(0);
    }

    private List<HeldKey> keys(String node, CertificateUse use) throws Exception {
        TrustFiles files = new TrustFiles(directory.part(node));
        try (Pkcs12Custody custody = new Pkcs12Custody(files.keys(), files.secrets())) {
            return custody.keys(Set.of(CSPD)).stream()
                    .filter(key -> key.use() == use)
                    .toList();
        }
    }

    private Registry registry() throws Exception {
        SignedRegistry signed = SignedRegistry.read(new TrustFiles(directory.part("cspd-2")).registry());
        RegistryReading reading = new RegistryXml(SchemaCatalogue.load()).read(signed.octets());
        assertThat(reading).isInstanceOf(RegistryReading.Readable.class);
        return ((RegistryReading.Readable) reading).registry();
    }
}
