package org.wasl.security.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/** A registry from a directory, checked in the order signature, schema and rules, version. */
final class Candidate {

    /** How far the authority's clock may be ahead. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);

    private final SignedRegistry signed;
    private final @Nullable Registry registry;
    private final @Nullable Fault fault;

    private Candidate(SignedRegistry signed, @Nullable Registry registry, @Nullable Fault fault) {
        this.signed = signed;
        this.registry = registry;
        this.fault = fault;
    }

    /** By what candidates are judged. */
    record Judge(X509Certificate authority, RegistryXml xml) {}

    /** Reads a registry from its directory and judges it. */
    static Candidate check(Path directory, Judge judge, Instant now, AcceptedVersion accepted) {
        try {
            return check(SignedRegistry.read(directory), judge, now, accepted);
        } catch (IOException e) {
            LOG.debug("the registry's files in {} cannot be read", directory, e);
            return refused(
                    new SignedRegistry(new byte[0], new byte[0]),
                    new Fault(
                            FaultCode.REGISTRY_INVALID,
                            Stage.VERIFY,
                            "registry",
                            "registry.xml or registry.xml.p7s is missing, unreadable or too large"));
        }
    }

    /** Judges a registry at hand. */
    static Candidate check(SignedRegistry signed, Judge judge, Instant now, AcceptedVersion accepted) {
        // The signature first: nothing that a stranger wrote is ever parsed.
        Optional<Fault> unsigned =
                RegistrySignature.refusal(signed.octets(), signed.signature(), judge.authority(), now);
        if (unsigned.isPresent()) {
            return refused(signed, unsigned.get());
        }
        RegistryReading reading = judge.xml().read(signed.octets());
        if (reading instanceof RegistryReading.Refused unreadable) {
            return refused(signed, unreadable.fault());
        }
        Registry registry = ((RegistryReading.Readable) reading).registry();
        AcceptedVersion offered = AcceptedVersion.of(registry, signed.octets());
        return accepted.refusalOf(offered)
                // What was once accepted stays so, though this node's clock was set back meanwhile.
                .or(() -> offered.equals(accepted) ? Optional.empty() : early(registry, now))
                .map(fault -> refused(signed, fault))
                .orElseGet(() -> new Candidate(signed, registry, null));
    }

    /** A registry from the future would count a later one, signed meanwhile, as older. */
    private static Optional<Fault> early(Registry registry, Instant now) {
        if (!registry.issued().isAfter(now.plus(CLOCK_SKEW))) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                FaultCode.REGISTRY_NOT_YET_VALID,
                Stage.VERIFY,
                "registry",
                "version " + registry.version() + " is issued only at " + registry.issued()));
    }

    private static Candidate refused(SignedRegistry signed, Fault fault) {
        return new Candidate(signed, null, fault);
    }

    SignedRegistry signed() {
        return signed;
    }

    /** The registry when everything about it is right. */
    Optional<Registry> registry() {
        return Optional.ofNullable(registry);
    }

    /** Why there is none. */
    Fault refusal() {
        if (fault == null) {
            throw new IllegalStateException("this registry was not refused");
        }
        return fault;
    }

    /** Why it may not follow what is in force: a new version whose time is up would only do harm. */
    Optional<Fault> refusalToTake(AcceptedVersion accepted, Instant now) {
        if (registry == null) {
            return Optional.of(refusal());
        }
        return version().equals(accepted) ? Optional.empty() : RegistryValidity.refusal(registry, now, Stage.VERIFY);
    }

    AcceptedVersion version() {
        if (registry == null) {
            throw new IllegalStateException("this registry was refused");
        }
        return AcceptedVersion.of(registry, signed.octets());
    }
}
