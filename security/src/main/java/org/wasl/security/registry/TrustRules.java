package org.wasl.security.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.SignatureMethod;

/** What a registry must keep beyond its schema about identity issuers and second authorities. */
final class TrustRules {

    private final Registry registry;
    private final List<String> problems = new ArrayList<>();

    private TrustRules(Registry registry) {
        this.registry = registry;
    }

    /** The violations, each a sentence that names where it is; empty when there are none. */
    static List<String> problems(Registry registry) {
        TrustRules rules = new TrustRules(registry);
        rules.checkIssuers();
        rules.checkFederations();
        return rules.problems;
    }

    private void checkIssuers() {
        Set<Object> uris = new HashSet<>();
        for (IdentityIssuer issuer : registry.trusted().issuers()) {
            String name = "identity issuer " + issuer.uri();
            if (!uris.add(issuer.uri())) {
                problems.add(name + " is there twice");
            }
            Set<String> ids = new HashSet<>();
            for (IdentityIssuer.Key key : issuer.keys()) {
                if (!ids.add(key.id())) {
                    problems.add(name + " has key " + key.id() + " twice");
                }
                if (!key.validFrom().isBefore(key.validTo())) {
                    problems.add(name + " has key " + key.id() + ", which ends before it begins");
                }
                if (SignatureMethod.forKey(key.key()).isEmpty()) {
                    problems.add(name + " has key " + key.id() + " of a kind or length that is not accepted");
                }
            }
        }
    }

    private void checkFederations() {
        Set<String> instances = new HashSet<>();
        for (Federation federation : registry.trusted().federations()) {
            String name = "the federation with " + federation.instance();
            if (federation.instance().equals(registry.instance())) {
                problems.add(name + " is with this instance itself");
            }
            if (!instances.add(federation.instance())) {
                problems.add(name + " is there twice");
            }
            for (MemberId member : federation.members()) {
                if (!member.instance().equals(federation.instance())) {
                    problems.add(name + " names " + member + ", which is of another instance");
                }
            }
            if (SignatureMethod.forKey(federation.authority().getPublicKey()).isEmpty()) {
                problems.add(name + " has an authority with a key of a kind or length that is not accepted");
            }
        }
    }
}
