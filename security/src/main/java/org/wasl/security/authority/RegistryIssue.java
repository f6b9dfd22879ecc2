package org.wasl.security.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.registry.EvidencePolicy;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryRefusedException;
import org.wasl.security.registry.RegistrySignature;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;
import org.wasl.security.registry.Trusted;

/** Gives a registry its version and dates, signs it and publishes it, when it says something new or is half through its time. */
final class RegistryIssue {

    private static final Duration VALIDITY = Duration.ofDays(90);

    private final TrustFiles files;
    private final RegistryXml xml;
    private final KeyEntry signer;
    private final Clock clock;
    private final Optional<Registry> published;

    RegistryIssue(TrustFiles files, RegistryXml xml, KeyEntry signer, Clock clock) throws IOException {
        this.files = files;
        this.xml = xml;
        this.signer = signer;
        this.clock = clock;
        this.published = readPublished();
    }

    /** The registry as it is published now; empty when there is none, or none that this authority signed. */
    Optional<Registry> published() {
        return published;
    }

    /**
     * Publishes what is drafted, with these members and trust; as it is when nothing would change.
     *
     * @param drafted gives the instance, the grace and the agreements
     * @param evidence what logs need; null when it asks for nothing
     */
    Registry publish(Registry drafted, Trusted trusted, @Nullable EvidencePolicy evidence, List<Member> members)
            throws IOException, GeneralSecurityException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (published.isPresent() && published.get().expires().isAfter(now.plus(VALIDITY.dividedBy(2)))) {
            Registry old = published.get();
            Registry same = registry(drafted, old.version(), old.issued(), old.expires(), trusted, evidence, members);
            if (Arrays.equals(RegistryXml.write(same), RegistryXml.write(old))) {
                return old;
            }
        }
        Registry registry = registry(drafted, nextVersion(), now, now.plus(VALIDITY), trusted, evidence, members);
        byte[] octets = RegistryXml.write(registry);
        // Read back before it is signed: the authority publishes nothing that a node would refuse.
        RegistryReading reading = xml.read(octets);
        if (reading instanceof RegistryReading.Refused refused) {
            throw new RegistryRefusedException(refused.fault());
        }
        byte[] signature = RegistrySignature.sign(octets, signer.key(), signer.certificate());
        new SignedRegistry(octets, signature).write(files.registry());
        return ((RegistryReading.Readable) reading).registry();
    }

    private static Registry registry(
            Registry drafted,
            long version,
            Instant issued,
            Instant expires,
            Trusted trusted,
            @Nullable EvidencePolicy evidence,
            List<Member> members) {
        return new Registry(
                drafted.instance(),
                version,
                issued,
                expires,
                drafted.grace(),
                trusted,
                evidence,
                members,
                drafted.agreements());
    }

    private Optional<Registry> readPublished() throws IOException {
        if (!Files.exists(files.registry().resolve("registry.xml"))
                || !Files.exists(files.registry().resolve("registry.xml.p7s"))) {
            return Optional.empty();
        }
        SignedRegistry signed = SignedRegistry.read(files.registry());
        boolean ours = RegistrySignature.refusal(
                        signed.octets(), signed.signature(), signer.certificate(), clock.instant())
                .isEmpty();
        return ours && xml.read(signed.octets()) instanceof RegistryReading.Readable readable
                ? Optional.of(readable.registry())
                : Optional.empty();
    }

    /** Counted apart from what is published, and before it is: no version is ever given twice. */
    private long nextVersion() throws IOException {
        VersionCounter counter = new VersionCounter(files.authority().resolve("registry-version"));
        long next = Math.max(counter.last(), published.map(Registry::version).orElse(0L)) + 1;
        counter.give(next);
        return next;
    }
}
