package org.wasl.security.registry;

import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Optional;
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
        RegistryReading reading = read(octets, DRAFT);
        if (reading instanceof RegistryReading.Readable readable) {
            List<String> problems = new RecordFields(catalogue).problems(readable.registry());
            return problems.isEmpty() ? reading : refused(sentence(problems));
        }
        return reading;
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
        SchemaVerdict verdict = catalogue.validate(octets, rules);
        if (verdict instanceof SchemaVerdict.Invalid invalid) {
            return refused(invalid.summary());
        }
        SchemaVerdict.Valid valid = (SchemaVerdict.Valid) verdict;
        if (!valid.schema().namespace().equals(NAMESPACE)) {
            return refused("the document is not a registry");
        }
        RegistryReader reader = new RegistryReader();
        Optional<Registry> registry = reader.read(valid.document().getDocumentElement());
        List<String> problems = reader.problems();
        if (registry.isPresent() && problems.isEmpty()) {
            problems = RegistryRules.problems(registry.get());
        }
        return registry.isPresent() && problems.isEmpty()
                ? new RegistryReading.Readable(registry.get())
                : refused(sentence(problems));
    }

    private static String sentence(List<String> problems) {
        String named = String.join("; ", problems.subList(0, Math.min(NAMED_PROBLEMS, problems.size())));
        int more = problems.size() - NAMED_PROBLEMS;
        return more > 0 ? named + "; and " + more + " more" : named;
    }

    private static RegistryReading refused(String detail) {
        return new RegistryReading.Refused(new Fault(FaultCode.REGISTRY_INVALID, Stage.VALIDATE, "registry", detail));
    }
}
