package org.wasl.security.registry;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.SignatureMethod;

/** What a registry must keep beyond its schema. All violations are gathered, so that whoever writes one mends it in one go. */
final class RegistryRules {

    private static final long HIGHEST_VERSION = 999_999_999_999_999_999L;

    private final Registry registry;
    private final List<String> problems = new ArrayList<>();

    private RegistryRules(Registry registry) {
        this.registry = registry;
    }

    /** The violations, each a sentence that names where it is; empty when there are none. */
    static List<String> problems(Registry registry) {
        RegistryRules rules = new RegistryRules(registry);
        rules.checkDates();
        rules.checkAnchors();
        registry.members().forEach(rules::checkMember);
        rules.checkCertificateOwners();
        registry.agreements().forEach(rules::checkAgreement);
        rules.checkUnique(registry.agreements().stream().map(Agreement::id).toList(), "agreement", "the registry");
        rules.problems.addAll(TrustRules.problems(registry));
        rules.problems.addAll(EvidenceRules.problems(registry));
        return rules.problems;
    }

    private void checkDates() {
        if (!registry.issued().isBefore(registry.expires())) {
            problems.add("the registry expires before it is issued");
        }
        if (registry.version() > HIGHEST_VERSION) {
            problems.add("the registry's version is out of range: it has at most 18 digits");
        }
    }

    private void checkAnchors() {
        for (TrustAnchor anchor : registry.anchors()) {
            X509Certificate certificate = anchor.certificate();
            boolean[] usage = certificate.getKeyUsage();
            String name = "the " + anchor.use() + " authority " + certificate.getSubjectX500Principal();
            if (certificate.getBasicConstraints() < 0 || usage == null || !usage[CertificatePath.CERTIFICATE_SIGN]) {
                problems.add(name + " is not an authority's certificate");
            }
            if (anchor.crl() != null && (usage == null || !usage[CertificatePath.CRL_SIGN])) {
                problems.add(name + " declares a revocation list but may not sign one");
            }
            if (SignatureMethod.forKey(certificate.getPublicKey()).isEmpty()) {
                problems.add(name + " has a key of a kind or length that is not accepted");
            }
        }
    }

    private void checkMember(Member member) {
        if (!member.id().instance().equals(registry.instance())) {
            problems.add("member " + member.id() + " is of another instance than " + registry.instance());
        }
        checkUnique(member.nodes(), "node", member.id().toString());
        checkUnique(
                member.subsystems().stream().map(Subsystem::id).toList(),
                "subsystem",
                member.id().toString());
        for (Subsystem subsystem : member.subsystems()) {
            List<Service> services = subsystem.services();
            checkUnique(
                    services.stream().map(Service::id).toList(),
                    "service",
                    subsystem.id().toString());
            for (Service service : services) {
                List<Parameter> parameters = service.parameters();
                checkUnique(
                        parameters.stream().map(Parameter::name).toList(),
                        "parameter",
                        service.id().toString());
                if (parameters.stream().filter(Parameter::subject).count() > 1) {
                    problems.add("service " + service.id() + " has more than one parameter that names the subject");
                }
                if (service.isEvent()) {
                    checkEventType(service);
                }
            }
        }
        member.certificates().forEach(registered -> checkCertificate(member.id(), registered));
    }

    private void checkCertificate(MemberId member, RegisteredCertificate registered) {
        X509Certificate certificate = registered.certificate();
        String name = "the " + registered.use() + " certificate " + certificate.getSerialNumber() + " of " + member;
        if (!registered.validFrom().isBefore(registered.validTo())) {
            problems.add(name + " ends before it begins");
        }
        if (!Set.copyOf(SubjectNames.organisations(certificate)).equals(Set.of(member.toString()))) {
            problems.add(name + " names another organisation in its subject");
        }
        if (SignatureMethod.forKey(certificate.getPublicKey()).isEmpty()) {
            problems.add(name + " has a key of a kind or length that is not accepted");
        }
        ShortTermCertificates.problem(member, registered).ifPresent(problem -> problems.add(name + " " + problem));
        if (registry.anchors().stream().noneMatch(anchor -> anchor.use() == registered.use())) {
            problems.add(name + " has no authority for its use");
        }
    }

    /** One key speaks for one member and one use: otherwise a TLS key could sign messages, or one agency for another. */
    private void checkCertificateOwners() {
        record Holder(MemberId member, CertificateUse use) {}
        Map<PublicKey, Holder> holders = new HashMap<>();
        for (Member member : registry.members()) {
            for (RegisteredCertificate registered : member.certificates()) {
                Holder holder = new Holder(member.id(), registered.use());
                Holder other = holders.putIfAbsent(registered.certificate().getPublicKey(), holder);
                if (other != null && !other.equals(holder)) {
                    problems.add("one key is registered for " + other.member() + " " + other.use() + " and for "
                            + holder.member() + " " + holder.use());
                }
            }
        }
    }

    private void checkAgreement(Agreement agreement) {
        String name = "agreement " + agreement.id();
        if (registry.subsystem(agreement.consumer()).isEmpty()) {
            problems.add(name + " has an unknown consumer, " + agreement.consumer());
        }
        if (registry.service(agreement.service()).isEmpty()) {
            problems.add(name + " has an unknown service, " + agreement.service());
        }
        registry.service(agreement.service())
                .filter(Service::givesDocuments)
                .ifPresent(service -> checkDocuments(name, agreement, service));
        registry.service(agreement.service())
                .filter(Service::isEvent)
                .ifPresent(service -> checkEvents(name, agreement, service));
        if (!agreement.validFrom().isBefore(agreement.validTo())) {
            problems.add(name + " ends before it begins");
        }
        long roots = agreement.released().stream()
                .map(path -> path.split("/", 2)[0])
                .distinct()
                .count();
        if (roots != 1) {
            problems.add(name + " releases paths from " + roots + " roots; a record has one");
        }
    }

    /** An event type is heard, not asked; it says whom or what it is about, and nobody subscribes to itself. */
    private void checkEvents(String name, Agreement agreement, Service service) {
        if (agreement.hours() != null) {
            problems.add(name + " has opening hours, but events of " + service.id() + " come when they happen");
        }
        if (agreement.consumer().equals(service.id().subsystem())) {
            problems.add(name + " subscribes " + agreement.consumer() + " to its own events " + service.id());
        }
    }

    private void checkEventType(Service service) {
        if (!service.parameters().isEmpty() || service.givesDocuments()) {
            problems.add("service " + service.id() + " is a type of event: it has no parameters and no documents");
        }
        if (service.ownerField() == null) {
            problems.add("service " + service.id() + " is a type of event and does not say by ownerField whom or what"
                    + " it is about");
        }
    }

    /** A document is released as a whole, and is neither cut nor looked into nor encrypted. */
    private void checkDocuments(String name, Agreement agreement, Service service) {
        if (!agreement.released().equals(List.of(Service.DOCUMENT_PATH))) {
            problems.add(name + " must release exactly " + Service.DOCUMENT_PATH + " of " + service.id()
                    + ", which gives documents");
        }
        if (agreement.confidential() || service.confidential()) {
            problems.add(name + " is confidential, but documents of " + service.id() + " cannot be encrypted");
        }
        if (service.ownerField() != null) {
            problems.add("service " + service.id() + " gives documents, in which no owner can be found");
        }
    }

    private void checkUnique(List<?> ids, String what, String where) {
        Set<Object> seen = new HashSet<>();
        for (Object id : ids) {
            if (!seen.add(id)) {
                problems.add(where + " has " + what + " " + id + " twice");
            }
        }
    }
}
