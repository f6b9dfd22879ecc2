package org.wasl.bench.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.DemoServices;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.StatusServer;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.OnlineRevocation;
import org.wasl.security.certificate.RevocationSettings;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryListener;
import org.wasl.security.registry.RegistryReload;
import org.wasl.security.registry.RegistrySignature;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/** A real authority with its responder, and the samples' registry with agreements for what is measured. */
final class Federation implements AutoCloseable {

    static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    static final MemberId DVLD = MemberId.parse("JO/GOV/DVLD");
    static final SubsystemId WEB = PORTAL.subsystem("web");
    static final ServiceId FINES = ServiceId.parse("JO/GOV/DVLD/fines/fines-of-person/v1");
    /** Of the same subsystem, and so read from the same queue. */
    static final ServiceId VEHICLE_FINES = ServiceId.parse("JO/GOV/DVLD/fines/fines-of-vehicle/v1");

    static final String NODE = "node-1";

    private static final String TERMS =
            "\" validFrom=\"2026-01-01T00:00:00.000Z\" validTo=\"2036-01-01T00:00:00.000Z\">"
                    + "<purpose code=\"GENERAL_CLEARANCE\" legalBasis=\"JO-BYLAW-CLEARANCE\"/>"
                    + "<actor kind=\"SYSTEM\"/><release path=\"fines\"/></agreement>";

    /** A system asks, so that no identity provider is measured along. */
    private static final String AGREEMENT = agreement("bench-fines", FINES) + agreement("bench-burst", VEHICLE_FINES);

    private static String agreement(String id, ServiceId service) {
        return "<agreement id=\"" + id + "\" consumer=\"" + WEB + "\" service=\"" + service + TERMS;
    }

    /** Citizens ask without an assertion, for the same reason. */
    private static final String ASSERTED = "<actor kind=\"CITIZEN\" subject=\"OWN\" assertion=\"REQUIRED\"/>";

    private static final String AUTHORITY = "registry-authority";

    private final RegistryFiles files;
    private final StatusServer status;
    private final OnlineRevocation online;
    private final TrustFiles trust;
    private final Registry registry;
    private final @Nullable SlowKeys slow;
    final SchemaCatalogue schemas = SchemaCatalogue.load();
    final CertificatePath path;

    /**
     * With keys in memory.
     *
     * @param directory where everything goes
     * @param scale what is added to the samples' registry
     */
    Federation(Path directory, Scale scale) throws IOException, GeneralSecurityException {
        this(directory, scale, SigningMode.SOFTWARE);
    }

    /**
     * @param directory where everything goes
     * @param scale what is added to the samples' registry
     * @param mode with what its members sign
     */
    Federation(Path directory, Scale scale, SigningMode mode) throws IOException, GeneralSecurityException {
        this(directory, scale, mode, UnaryOperator.identity());
    }

    /**
     * @param directory where everything goes
     * @param scale what is added to the samples' registry
     * @param mode with what its members sign
     * @param change what else is different in the registry
     */
    Federation(Path directory, Scale scale, SigningMode mode, UnaryOperator<Registry> change)
            throws IOException, GeneralSecurityException {
        RegistryXml xml = new RegistryXml(schemas);
        trust = new TrustFiles(directory);
        int port = freePort();
        URI responders = URI.create("http://127.0.0.1:" + port + "/");
        DemoServices services = new DemoServices(responders, null);
        new DemoAuthority(
                        trust,
                        xml,
                        DemoAuthority.EXAMPLE_PUBLICATION,
                        services,
                        new Pkcs12Custody(trust.keys(), trust.secrets()),
                        Clock.systemUTC())
                .establish(draft());
        Pki pki = new Pki(trust, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC());
        status = StatusServer.start(pki, port, Duration.ofMinutes(10));
        files = RegistryFiles.open(
                trust.registrySource(Duration.ofHours(1)),
                authority(trust.authorityCertificate()),
                xml,
                Clock.systemUTC(),
                RegistryListener.NONE);
        online = new OnlineRevocation(RevocationSettings.standard(), files.revocationLists(), Clock.systemUTC());
        path = new CertificatePath(online);
        if (!scale.equals(Scale.SAMPLES)) {
            publish(scale.grown(files.get()));
        }
        Registry grown = change.apply(files.get());
        slow = mode == SigningMode.SOFTWARE
                ? null
                : new SlowKeys(mode, new Pkcs12Custody(trust.keys(), trust.secrets()));
        registry = slow == null || mode == SigningMode.EVERY_MESSAGE
                ? grown
                : slow.grant(grown, pki, responders, PORTAL, DVLD);
    }

    /** Signs the registry as the next version, and takes it as every node does: from its document. */
    private void publish(Registry grown) throws IOException, GeneralSecurityException {
        byte[] octets = RegistryXml.write(new Registry(
                grown.instance(),
                grown.version() + 1,
                grown.issued(),
                grown.expires(),
                grown.grace(),
                grown.trusted(),
                grown.evidence().orElse(null),
                List.copyOf(grown.members()),
                grown.agreements()));
        new SignedRegistry(octets, signature(octets)).write(trust.registry());
        if (!(files.reload() instanceof RegistryReload.Loaded)) {
            throw new IOException("the grown registry was not taken");
        }
    }

    private byte[] signature(byte[] octets) throws IOException, GeneralSecurityException {
        char[] password = trust.secrets().read("authority-" + AUTHORITY).toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(trust.authority().resolve(AUTHORITY + ".p12"))) {
            store.load(file, password);
        }
        PrivateKey key = (PrivateKey) store.getKey(store.aliases().nextElement(), password);
        return RegistrySignature.sign(octets, key, authority(trust.authorityCertificate()));
    }

    private static byte[] draft() {
        String samples = new String(DemoRegistry.draft(), StandardCharsets.UTF_8);
        int end = samples.indexOf("<agreement ");
        return (samples.substring(0, end) + AGREEMENT + samples.substring(end))
                .replace(ASSERTED, ASSERTED.replace(" subject=\"OWN\" assertion=\"REQUIRED\"", ""))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static X509Certificate authority(Path pem) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The registry in force. */
    CurrentRegistry registry() {
        return () -> registry;
    }

    /** The keys of one node. */
    MemberKeys keys(MemberId member) throws IOException, GeneralSecurityException {
        return slow == null
                ? Pkcs12MemberKeys.load(trust.keys(), trust.secrets(), Set.of(member))
                : slow.keys(registry(), member);
    }

    /** How often slow keys signed; 0 where there are none. */
    long slowSignatures() {
        return slow == null ? 0 : slow.signatures();
    }

    @Override
    public void close() {
        if (slow != null) {
            slow.close();
        }
        online.close();
        files.close();
        status.close();
    }
}
