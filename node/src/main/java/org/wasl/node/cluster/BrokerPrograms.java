package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.wasl.node.identity.MemberCertificates;
import org.wasl.routes.broker.BrokerAddress;
import org.wasl.routes.broker.BrokerFiles;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.BrokerSite;
import org.wasl.security.authority.RegistryAuthority;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.RevocationFiles;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistrySource;

/** The brokers: their programs, from their own distribution, and what they are configured with. */
final class BrokerPrograms {

    private static final String PAIR_SECRET = "broker-pair";

    private final ClusterDirectory directory;

    BrokerPrograms(ClusterDirectory directory) {
        this.directory = directory;
    }

    /**
     * Unpacks them, unless they are there.
     *
     * @param archive Artemis' distribution; or the directory into which somebody unpacked it, which is used as it is
     */
    void unpack(Path archive) throws ClusterException {
        Path home = directory.brokerHome();
        if (Files.isRegularFile(home.resolve("lib").resolve("artemis-boot.jar"))) {
            return;
        }
        try {
            if (Files.isDirectory(archive)) {
                Files.deleteIfExists(home);
                Files.createSymbolicLink(home, archive.toAbsolutePath());
                return;
            }
            Path draft = Files.createDirectories(directory.root().resolve("artemis.new"));
            Tool.run(List.of("tar", "xzf", archive.toString(), "-C", draft.toString(), "--strip-components=1"));
            Files.move(draft, home);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /** Writes a broker's files for this registry; a running one takes up what changed. */
    void configure(Part part, Topology topology, Registry registry, Clock clock)
            throws IOException, GeneralSecurityException {
        Path home = directory.part(part.name());
        TrustFiles own = new TrustFiles(home);
        RevocationFiles lists = new RevocationFiles(own.registry().resolve(RegistrySource.REVOCATION_LISTS));
        lists.reload();
        MemberCertificates certificates = new MemberCertificates(() -> registry, new CertificatePath(lists));
        BrokerSite site = new BrokerSite(
                part.name(),
                address(part),
                part.bind(Network.BUS),
                own.server(),
                own.secrets().read(TrustFiles.SERVER_SECRET),
                pair(part, topology));
        new BrokerFiles(home, site, BrokerSettings.at(home), certificates::member).write(registry, clock.instant());
        AtomicFile.directory(home.resolve("data"), Readers.OWNER);
    }

    private Optional<BrokerSite.Pair> pair(Part part, Topology topology) throws IOException, GeneralSecurityException {
        Optional<Part> peer = topology.parts(Role.BROKER).stream()
                .filter(other -> !other.equals(part))
                .findFirst();
        if (peer.isEmpty()) {
            return Optional.empty();
        }
        X509Certificate certificate = RegistryAuthority.readCertificate(
                new TrustFiles(directory.part(peer.get().name())).server().resolveSibling("server.pem"));
        // The lock manager makes files in it, but not the directory.
        Path locks = Files.createDirectories(directory.root().resolve("broker-locks"));
        return Optional.of(new BrokerSite.Pair(
                address(peer.get()), certificate, locks, new SecretFiles(directory.secrets()).obtain(PAIR_SECRET)));
    }

    private static BrokerAddress address(Part part) {
        return new BrokerAddress(part.address(Network.BUS), part.port(Topology.SERVICE_PORT));
    }
}
