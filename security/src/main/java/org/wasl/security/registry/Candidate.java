package org.wasl.security.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
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

    static Candidate check(Path directory, Judge judge, Instant now, AcceptedVersion accepted) {
        SignedRegistry signed;
        try {
            signed = SignedRegistry.read(directory);
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
        Optional<Fault> rollback = accepted.refusalOf(AcceptedVersion.of(registry, signed.octets()));
        return rollback.isPresent() ? refused(signed, rollback.get()) : new Candidate(signed, registry, null);
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

    AcceptedVersion version() {
        if (registry == null) {
            throw new IllegalStateException("this registry was refused");
        }
        return AcceptedVersion.of(registry, signed.octets());
    }
}
