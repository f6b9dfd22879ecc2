package org.wasl.security.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;

/**
 * A second authority's registry, cut to what the first one believes it about: the named members with their certificates,
 * keys and services, and the authorities that issued those. Nothing else of it counts: not its other members, not its
 * agreements (what a provider here discloses is agreed here), not its identity issuers, not whom it trusts in turn.
 */
public sealed interface FederatedRegistry {

    /**
     * What may be believed.
     *
     * @param registry the second authority's registry, with the named members only
     * @param missing members that the federation names and the second authority does not have
     */
    record Believed(Registry registry, Set<MemberId> missing) implements FederatedRegistry {
        public Believed {
            missing = Set.copyOf(missing);
        }
    }

    /** Nothing may be believed, and why. */
    record Refused(Fault fault) implements FederatedRegistry {}

    /**
     * Reads a second authority's registry.
     *
     * @param signed as the second authority published it
     * @param federation whom the first registry believes, and about whom
     * @param former the version that was believed before; empty for the first. An older one is refused
     * @param now the present instant
     */
    static FederatedRegistry read(
            SignedRegistry signed, Federation federation, Optional<Registry> former, RegistryXml xml, Instant now) {
        Optional<Fault> unsigned =
                RegistrySignature.refusal(signed.octets(), signed.signature(), federation.authority(), now);
        if (unsigned.isPresent()) {
            return new Refused(unsigned.get());
        }
        RegistryReading reading = xml.read(signed.octets());
        if (reading instanceof RegistryReading.Refused unreadable) {
            return new Refused(unreadable.fault());
        }
        Registry whole = ((RegistryReading.Readable) reading).registry();
        return refusal(whole, federation, former, now)
                .<FederatedRegistry>map(Refused::new)
                .orElseGet(() -> cut(whole, federation));
    }

    private static Optional<Fault> refusal(
            Registry whole, Federation federation, Optional<Registry> former, Instant now) {
        if (!whole.instance().equals(federation.instance())) {
            return refused(
                    FaultCode.REGISTRY_INVALID,
                    federation,
                    "the registry is of instance " + whole.instance() + ", not " + federation.instance());
        }
        long least = former.map(Registry::version).orElse(0L);
        if (whole.version() < least) {
            return refused(
                    FaultCode.REGISTRY_ROLLBACK,
                    federation,
                    "version " + whole.version() + " is older than version " + least + ", which was believed before");
        }
        if (whole.issued().isAfter(now.plus(Candidate.CLOCK_SKEW))) {
            return refused(
                    FaultCode.REGISTRY_NOT_YET_VALID,
                    federation,
                    "version " + whole.version() + " is issued only at " + whole.issued());
        }
        return RegistryValidity.refusal(whole, now, Stage.VERIFY);
    }

    private static Optional<Fault> refused(FaultCode code, Federation federation, String detail) {
        return Optional.of(new Fault(code, Stage.VERIFY, federation.instance(), detail));
    }

    private static FederatedRegistry cut(Registry whole, Federation federation) {
        List<Member> named = whole.members().stream()
                .filter(member -> federation.members().contains(member.id()))
                .toList();
        Set<MemberId> missing = new TreeSet<>(federation.members());
        named.forEach(member -> missing.remove(member.id()));
        Trusted authorities =
                new Trusted(whole.trusted().anchors(), whole.trusted().intermediates(), List.of(), List.of());
        return new Believed(
                new Registry(
                        whole.instance(),
                        whole.version(),
                        whole.issued(),
                        whole.expires(),
                        whole.grace(),
                        authorities,
                        named,
                        List.of()),
                missing);
    }
}
