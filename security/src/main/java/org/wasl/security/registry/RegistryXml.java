package org.wasl.security.registry;

import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.xml.XmlRules;

/** Reads and writes {@code registry.xml}. Safe for many threads. */
public final class RegistryXml {

    /** The registry's namespace. */
    public static final String NAMESPACE = "urn:wasl:registry:1";

    /** The most octets that a registry may have. */
    public static final int MAX_OCTETS = 16 * 1024 * 1024;

    private static final XmlRules PUBLISHED = XmlRules.WIRE.withMaxOctets(MAX_OCTETS);
    private static final XmlRules DRAFT = new XmlRules(MAX_OCTETS, false, true);
    private static final int NAMED_PROBLEMS = 5;

    private final SchemaCatalogue catalogue;

    /** @param catalogue holds the registry's schema */
    public RegistryXml(SchemaCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Reads a published registry: schema, then the rules beyond it. The caller has checked its signature. */
    public RegistryReading read(byte[] octets) {
        return read(octets, PUBLISHED);
    }

    /**
     * Reads what a person wrote for the authority to complete and sign: the same, but comments may stand in it, and
     * agreements may release only fields that the service's schema knows, where the catalogue holds it. Its version and
     * dates mean nothing yet.
     */
    public RegistryReading readDraft(byte[] octets) {
        return reading(examineDraft(octets));
    }

    /** Reads a published registry, as {@link #read} does, and tells everything that is wrong with its place. */
    public DraftExamination examine(byte[] octets) {
        return examine(octets, PUBLISHED);
    }

    /** Reads what a person wrote, as {@link #readDraft} does, and tells everything that is wrong with its place. */
    public DraftExamination examineDraft(byte[] octets) {
        DraftExamination examined = examine(octets, DRAFT);
        if (examined.registry().isEmpty()) {
            return examined;
        }
        List<String> problems =
                new RecordFields(catalogue).problems(examined.registry().get());
        return problems.isEmpty()
                ? examined
                : DraftExamination.bad(RegistryPlaces.in(octets).locate(problems));
    }

    /**
     * Writes a registry.
     *
     * @throws CertificateEncodingException when a certificate in it cannot be encoded
     */
    public static byte[] write(Registry registry) throws CertificateEncodingException {
        return new RegistryWriter().write(registry);
    }

    private RegistryReading read(byte[] octets, XmlRules rules) {
        return reading(examine(octets, rules));
    }

    private DraftExamination examine(byte[] octets, XmlRules rules) {
        SchemaVerdict verdict = catalogue.validate(octets, rules);
        if (verdict instanceof SchemaVerdict.Invalid invalid) {
            return DraftExamination.bad(invalid.violations().stream()
                    .map(violation -> new RegistryProblem(
                            violation.path() + ": " + violation.rule() + ": " + violation.message(),
                            violation.line(),
                            violation.column()))
                    .toList());
        }
        SchemaVerdict.Valid valid = (SchemaVerdict.Valid) verdict;
        if (!valid.schema().namespace().equals(NAMESPACE)) {
            return DraftExamination.bad(List.of(new RegistryProblem("the document is not a registry", -1, -1)));
        }
        RegistryReader reader = new RegistryReader();
        Optional<Registry> registry = reader.read(valid.document().getDocumentElement());
        List<String> problems = reader.problems();
        if (registry.isPresent() && problems.isEmpty()) {
            problems = RegistryRules.problems(registry.get());
        }
        return registry.isPresent() && problems.isEmpty()
                ? new DraftExamination(registry, List.of())
                : DraftExamination.bad(RegistryPlaces.in(octets).locate(problems));
    }

    private static RegistryReading reading(DraftExamination examined) {
        if (examined.registry().isPresent()) {
            return new RegistryReading.Readable(examined.registry().get());
        }
        List<RegistryProblem> problems = examined.problems();
        String named = problems.stream()
                .limit(NAMED_PROBLEMS)
                .map(RegistryProblem::toString)
                .collect(Collectors.joining("; "));
        int more = problems.size() - NAMED_PROBLEMS;
        String detail = more > 0 ? named + "; and " + more + " more" : named;
        return new RegistryReading.Refused(new Fault(FaultCode.REGISTRY_INVALID, Stage.VALIDATE, "registry", detail));
    }
}
