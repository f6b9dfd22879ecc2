package org.wasl.node.command;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.EvidencePolicy;
import org.wasl.security.registry.Federation;
import org.wasl.security.registry.IdentityIssuer;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.RegisteredWitness;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryComparison;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.Subsystem;
import org.wasl.security.registry.TrustAnchor;

/** What a registry says, as documents of names and values: printed as JSON, or as tables. */
final class RegistryFacts {

    private final Registry registry;
    private final Instant now;

    RegistryFacts(Registry registry, Instant now) {
        this.registry = registry;
        this.now = now;
    }

    /** The name of a certificate: what {@code edit} knows it by. */
    static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        return RegistryComparison.fingerprint(certificate.getEncoded());
    }

    /** How many whole days are left; negative when that time is past. */
    long daysLeft(Instant end) {
        return Math.floorDiv(
                Duration.between(now, end).toSeconds(), Duration.ofDays(1).toSeconds());
    }

    /** Everything, for scripts. */
    Map<String, Object> document() throws CertificateEncodingException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("instance", registry.instance());
        document.put("version", registry.version());
        document.put("issued", registry.issued().toString());
        document.put("expires", registry.expires().toString());
        document.put("grace", registry.grace().toString());
        document.put("daysLeft", daysLeft(registry.expires()));
        document.put("trustAnchors", authorities(registry.trusted().anchors()));
        document.put("intermediateAuthorities", authorities(registry.trusted().intermediates()));
        document.put("identityIssuers", issuers());
        document.put("federations", federations());
        document.put("evidence", evidence());
        document.put("witnesses", witnesses());
        document.put("members", members());
        document.put("certificates", certificates());
        document.put("noteKeys", noteKeys());
        document.put("services", services());
        document.put("agreements", agreements());
        return document;
    }

    List<Map<String, Object>> members() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Member member : registry.members()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("id", member.id().toString());
            document.put("arabic", member.name().arabic());
            document.put("english", member.name().english());
            document.put("nodes", member.nodes());
            document.put(
                    "subsystems",
                    member.subsystems().stream().map(s -> s.id().toString()).toList());
            all.add(document);
        }
        return all;
    }

    List<Map<String, Object>> certificates() throws CertificateEncodingException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Member member : registry.members()) {
            for (RegisteredCertificate registered : member.certificates()) {
                Instant end = earlier(
                        registered.validTo(),
                        registered.certificate().getNotAfter().toInstant());
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("member", member.id().toString());
                document.put("use", registered.use().name());
                document.put("fingerprint", fingerprint(registered.certificate()));
                document.put("validFrom", registered.validFrom().toString());
                document.put("validTo", registered.validTo().toString());
                document.put("daysLeft", daysLeft(end));
                document.put("state", state(registered.validFrom(), end, registered.compromisedFrom()));
                if (registered.compromisedFrom() != null) {
                    document.put("compromisedFrom", registered.compromisedFrom().toString());
                }
                all.add(document);
            }
        }
        return all;
    }

    List<Map<String, Object>> noteKeys() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Member member : registry.members()) {
            for (NoteKey key : member.noteKeys()) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("member", member.id().toString());
                document.put("use", key.use().name());
                document.put("name", key.name());
                document.put(
                        "fingerprint", RegistryComparison.fingerprint(key.key().getEncoded()));
                document.put("validFrom", key.validFrom().toString());
                document.put("validTo", key.validTo().toString());
                document.put("daysLeft", daysLeft(key.validTo()));
                document.put("state", state(key.validFrom(), key.validTo(), key.compromisedFrom()));
                all.add(document);
            }
        }
        return all;
    }

    /** What is asked of witnesses and of the time-stamping authority, a row each. */
    List<Map<String, Object>> evidence() {
        List<Map<String, Object>> all = new ArrayList<>();
        registry.evidence().flatMap(EvidencePolicy::witnessing).ifPresent(witnessing -> {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("kind", "witnessing");
            document.put("demand", "quorum " + witnessing.quorum());
            document.put("alarmAfter", witnessing.alarmAfter().toString());
            document.put("refuseAfter", witnessing.refuseAfter().toString());
            all.add(document);
        });
        registry.evidence().flatMap(EvidencePolicy::timeStamping).ifPresent(timeStamping -> {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("kind", "timeStamping");
            document.put("demand", "every " + timeStamping.every());
            document.put("alarmAfter", timeStamping.alarmAfter().toString());
            document.put("refuseAfter", timeStamping.refuseAfter().toString());
            document.put("address", timeStamping.address().toString());
            all.add(document);
        });
        return all;
    }

    List<Map<String, Object>> witnesses() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (RegisteredWitness witness : registry.witnesses()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("name", witness.name());
            document.put("party", witness.party());
            document.put("address", String.valueOf(Objects.requireNonNullElse(witness.address(), "")));
            document.put(
                    "fingerprint", RegistryComparison.fingerprint(witness.key().getEncoded()));
            document.put("validFrom", witness.validFrom().toString());
            document.put("validTo", witness.validTo().toString());
            document.put("daysLeft", daysLeft(witness.validTo()));
            document.put("state", state(witness.validFrom(), witness.validTo(), witness.compromisedFrom()));
            all.add(document);
        }
        return all;
    }

    List<Map<String, Object>> services() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Member member : registry.members()) {
            for (Subsystem subsystem : member.subsystems()) {
                for (Service service : subsystem.services()) {
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put("id", service.id().toString());
                    document.put("arabic", service.name().arabic());
                    document.put("english", service.name().english());
                    document.put("namespace", service.namespace());
                    document.put("schemaVersion", service.schemaVersion());
                    document.put("confidential", service.confidential());
                    if (service.retention() != null) {
                        document.put("retention", service.retention().toString());
                    }
                    if (service.serviceLevel() != null) {
                        document.put("serviceLevel", service.serviceLevel().toString());
                    }
                    all.add(document);
                }
            }
        }
        return all;
    }

    List<Map<String, Object>> agreements() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Agreement agreement : registry.agreements()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("id", agreement.id());
            document.put("consumer", agreement.consumer().toString());
            document.put("service", agreement.service().toString());
            document.put(
                    "purposes", agreement.purposes().keySet().stream().sorted().toList());
            document.put("released", agreement.released());
            document.put("validFrom", agreement.validFrom().toString());
            document.put("validTo", agreement.validTo().toString());
            document.put("daysLeft", daysLeft(agreement.validTo()));
            document.put("state", agreementState(agreement));
            if (agreement.embargo() != null) {
                document.put("embargo", agreement.embargo().toString());
            }
            all.add(document);
        }
        return all;
    }

    private List<Map<String, Object>> authorities(List<TrustAnchor> authorities) throws CertificateEncodingException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (TrustAnchor authority : authorities) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("use", authority.use().name());
            document.put(
                    "subject", authority.certificate().getSubjectX500Principal().getName());
            document.put("fingerprint", fingerprint(authority.certificate()));
            document.put(
                    "daysLeft", daysLeft(authority.certificate().getNotAfter().toInstant()));
            all.add(document);
        }
        return all;
    }

    private List<Map<String, Object>> issuers() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (IdentityIssuer issuer : registry.trusted().issuers()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("uri", issuer.uri().toString());
            document.put(
                    "keys", issuer.keys().stream().map(IdentityIssuer.Key::id).toList());
            all.add(document);
        }
        return all;
    }

    private List<Map<String, Object>> federations() throws CertificateEncodingException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Federation federation : registry.trusted().federations()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("instance", federation.instance());
            document.put("authority", fingerprint(federation.authority()));
            document.put(
                    "members",
                    federation.members().stream().map(Object::toString).sorted().toList());
            all.add(document);
        }
        return all;
    }

    private String agreementState(Agreement agreement) {
        Instant withdrawn = agreement.withdrawn();
        if (withdrawn != null && !now.isBefore(withdrawn)) {
            return "WITHDRAWN";
        }
        return state(agreement.validFrom(), agreement.validTo(), null);
    }

    private String state(Instant from, Instant to, @Nullable Instant compromised) {
        if (compromised != null && !now.isBefore(compromised)) {
            return "COMPROMISED";
        }
        if (now.isBefore(from)) {
            return "TO_COME";
        }
        return now.isBefore(to) ? "IN_FORCE" : "PAST";
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
