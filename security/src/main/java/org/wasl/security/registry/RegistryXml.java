package org.wasl.security.registry;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** Reads and writes {@code registry.xml}. Safe for many threads. */
public final class RegistryXml {

    /** The registry's namespace. */
    public static final String NAMESPACE = "urn:wasl:registry:1";

    /** The most octets that a registry may have: it lists every member, service and agreement of a country. */
    public static final int MAX_OCTETS = 64 * 1024 * 1024;

    private static final int MAX_NODES = 4_000_000;

    static final XmlRules PUBLISHED = XmlRules.WIRE.withMaxOctets(MAX_OCTETS).withMaxNodes(MAX_NODES);

    /** What a person wrote for the authority to complete and sign: comments may stand in it. */
    public static final XmlRules DRAFT = new XmlRules(MAX_OCTETS, MAX_NODES, false, true);

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
     * Reads one agreement that a person wrote, an element {@code agreement} of the registry's namespace, and puts it into
     * this registry, in place of the one with its id if there is one. What holds for drafts holds for it.
     */
    public RegistryReading readAgreement(byte[] octets, Registry into) {
        if (!(HardenedXml.parse(octets, DRAFT) instanceof XmlVerdict.Parsed parsed)
                || !"agreement".equals(parsed.document().getDocumentElement().getLocalName())) {
            return refused(List.of("the document is no agreement"));
        }
        String around = "<registry xmlns=\"" + NAMESPACE + "\" instance=\"" + into.instance()
                + "\" version=\"1\" issued=\"2000-01-01T00:00:00.000Z\" expires=\"2000-01-02T00:00:00.000Z\">";
        String agreement =
                new String(HardenedXml.serialise(parsed.document().getDocumentElement()), StandardCharsets.UTF_8);
        byte[] alone = (around + agreement + "</registry>").getBytes(StandardCharsets.UTF_8);
        SchemaVerdict verdict = catalogue.validate(alone, DRAFT);
        if (verdict instanceof SchemaVerdict.Invalid invalid) {
            return refused(List.of(invalid.summary()));
        }
        RegistryReader reader = new RegistryReader();
        Optional<Registry> read =
                reader.read(((SchemaVerdict.Valid) verdict).document().getDocumentElement());
        if (read.isEmpty() || !reader.problems().isEmpty()) {
            return refused(reader.problems());
        }
        Agreement proposed = read.get().agreements().get(0);
        List<Agreement> agreements = new ArrayList<>(into.agreements());
        agreements.removeIf(known -> known.id().equals(proposed.id()));
        agreements.add(proposed);
        Registry with = into.with(agreements);
        List<String> problems = new ArrayList<>(RegistryRules.problems(with));
        problems.addAll(new RecordFields(catalogue).problems(with));
        return problems.isEmpty() ? new RegistryReading.Readable(with) : refused(problems);
    }

    /** Whether this is one agreement rather than a registry. */
    public static boolean isAgreement(byte[] octets) {
        return HardenedXml.parse(octets, DRAFT) instanceof XmlVerdict.Parsed parsed
                && "agreement".equals(parsed.document().getDocumentElement().getLocalName());
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
        RegistryReader reader = new RegistryReader();
        SchemaVerdict verdict = catalogue.validate(octets, rules, reader::takeAgreement);
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
        Optional<Registry> registry = reader.read(valid.document().getDocumentElement());
        List<String> problems = reader.problems();
        if (registry.isPresent() && problems.isEmpty()) {
            problems = new ArrayList<>(RegistryRules.problems(registry.get()));
            if (rules != DRAFT) {
                problems.addAll(EvidenceRules.missing(registry.get()));
            }
        }
        return registry.isPresent() && problems.isEmpty()
                ? new DraftExamination(registry, List.of())
                : DraftExamination.bad(RegistryPlaces.in(octets).locate(problems));
    }

    private static RegistryReading refused(List<String> problems) {
        return reading(DraftExamination.bad(problems.stream()
                .map(problem -> new RegistryProblem(problem, -1, -1))
                .toList()));
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
