package org.wasl.routes.broker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.Pkcs12File;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;

/**
 * The files from which Artemis' own distribution runs as the members' broker, with no code of ours in it: queues and
 * rights by the registry, members known by the certificates that the registry holds for them, and nobody else let in.
 * Written again when the registry changes, a running broker takes up what changed within seconds.
 */
public final class BrokerFiles {

    private static final int MAX_FILE_BYTES = 64 * 1024 * 1024;
    private static final String TRUST_SECRET = "trusted";
    private static final String TRUST_STORE = "trusted.p12";
    private static final String BROKER_XML = "broker.xml";

    private final Path directory;
    private final BrokerSite site;
    private final BrokerSettings bounds;
    private final CertifiedMembers certificates;
    private final SecretFiles secrets;

    /**
     * @param directory the broker's instance: its files in {@code etc}, its data in {@code data}
     * @param site where the broker is, and with whom
     * @param bounds how much it holds; of its connections and acceptor nothing is taken
     * @param certificates finds the member of a client certificate
     */
    public BrokerFiles(Path directory, BrokerSite site, BrokerSettings bounds, CertifiedMembers certificates) {
        this.directory = directory.toAbsolutePath().normalize();
        this.site = site;
        this.bounds = bounds;
        this.certificates = certificates;
        this.secrets = new SecretFiles(this.directory.resolve("secrets"));
    }

    /**
     * Writes what differs from what is there.
     *
     * @param registry the registry in force
     * @param now when it is
     * @return the names of the files that were written; empty when nothing had changed
     * @throws IOException when a file cannot be read or written
     * @throws GeneralSecurityException when the key store cannot be used, or two members' certificates bear one name
     */
    public List<String> write(Registry registry, Instant now) throws IOException, GeneralSecurityException {
        Map<MemberId, List<X509Certificate>> members = members(registry, now);
        CertificateNames names = CertificateNames.of(members);
        Path etc = AtomicFile.directory(directory.resolve("etc"), Readers.OWNER);
        List<String> written = new ArrayList<>();
        String secret = secrets.obtain(TRUST_SECRET);
        Path trust = etc.resolve(TRUST_STORE);
        if (writeTrust(trust, trusted(members), secret)) {
            written.add(TRUST_STORE);
        }
        Map<String, String> texts = new TreeMap<>();
        texts.put("cert-users.properties", names.users());
        texts.put("cert-roles.properties", names.roles());
        texts.put("login.config", BrokerTexts.LOGIN);
        texts.put("bootstrap.xml", BrokerTexts.bootstrap(etc.resolve(BROKER_XML)));
        texts.put("management.xml", BrokerTexts.MANAGEMENT);
        texts.put("log4j2.properties", BrokerTexts.LOGGING);
        // Last: by then whom it names can be known.
        for (Map.Entry<String, String> text : texts.entrySet()) {
            write(etc.resolve(text.getKey()), text.getValue(), written);
        }
        String cluster = site.pair().isPresent() ? site.pair().get().secret() : secrets.obtain("cluster");
        String xml = new BrokerXml(site, bounds, trust, secret, cluster).of(registry);
        write(etc.resolve(BROKER_XML), xml, written);
        Path program =
                AtomicFile.directory(directory.resolve("bin"), Readers.OWNER).resolve("broker");
        if (write(program, BrokerTexts.program(directory), written)) {
            makeExecutable(program);
        }
        return List.copyOf(written);
    }

    private Map<MemberId, List<X509Certificate>> members(Registry registry, Instant now) {
        Map<MemberId, List<X509Certificate>> members = new TreeMap<>();
        for (Member member : registry.members()) {
            Set<X509Certificate> own = new LinkedHashSet<>();
            member.certificates().stream()
                    .filter(entry -> entry.use() == CertificateUse.TLS)
                    .map(entry -> entry.certificate())
                    .filter(certificate -> certificates
                            .member(certificate, now)
                            .filter(member.id()::equals)
                            .isPresent())
                    .forEach(own::add);
            members.put(member.id(), List.copyOf(own));
        }
        return members;
    }

    /**
     * The certificates themselves, not their authorities: whoever else these certify is not let in. The broker's own is
     * there for its pair, which speaks to it as it speaks to others.
     */
    private List<X509Certificate> trusted(Map<MemberId, List<X509Certificate>> members)
            throws IOException, GeneralSecurityException {
        Set<X509Certificate> trusted = new LinkedHashSet<>();
        members.values().forEach(trusted::addAll);
        KeyEntry own = Pkcs12File.readKey(site.keyStore(), site.keyStorePassword());
        trusted.add(own.certificate());
        site.pair().map(BrokerSite.Pair::certificate).ifPresent(trusted::add);
        return List.copyOf(trusted);
    }

    /** Only when it holds others: each writing has other octets, and makes the broker read it again. */
    private static boolean writeTrust(Path file, List<X509Certificate> trusted, String password)
            throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(AtomicFile.read(file, MAX_FILE_BYTES)), password.toCharArray());
            Set<Certificate> there = new HashSet<>();
            for (String alias : Collections.list(store.aliases())) {
                there.add(store.getCertificate(alias));
            }
            if (there.equals(Set.copyOf(trusted))) {
                return false;
            }
        }
        Pkcs12File.writeTrust(file, trusted, password);
        return true;
    }

    private static boolean write(Path file, String text, List<String> written) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (Files.exists(file) && Arrays.equals(AtomicFile.read(file, MAX_FILE_BYTES), octets)) {
            return false;
        }
        AtomicFile.write(file, octets, Readers.OWNER);
        written.add(Optional.ofNullable(file.getFileName()).orElse(file).toString());
        return true;
    }

    private static void makeExecutable(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
