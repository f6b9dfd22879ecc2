package org.wasl.schemas;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Element;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.pack.InvalidPackException;
import org.wasl.schemas.pack.Pack;
import org.wasl.schemas.pack.Packs;
import org.wasl.schemas.xml.Grammar;
import org.wasl.schemas.xml.GrammarChoice;
import org.wasl.schemas.xml.GrammarSource;
import org.wasl.schemas.xml.GrammarVerdict;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.SchemaRule;
import org.wasl.schemas.xml.SectionTaker;
import org.wasl.schemas.xml.Violation;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/**
 * The shared schemas, by namespace and version. Each is compiled once, when first needed. Safe for any number of threads;
 * make one and share it.
 *
 * <p>Which minor applies: the namespace of the document's root is taken in the minor that is asked for, or else the
 * newest; every namespace it imports or carries is taken in the newest minor, since minors only add. A {@code payload}
 * of the envelope, and a record of a composite answer, may carry a root of any schema of the catalogue.
 */
public class SchemaCatalogue {

    /** The envelope's namespace: its payload carries roots of the others. */
    public static final String ENVELOPE = "urn:wasl:envelope:1";

    /** The namespace of composite answers: they carry records of the others. */
    private static final String CONSOLIDATED = "urn:wasl:consolidated:1";

    private final Map<String, TreeMap<SchemaVersion, SchemaEntry>> byNamespace = new TreeMap<>();
    private final Map<SchemaEntry, Grammar> compiled = new ConcurrentHashMap<>();

    /** For one that knows some verdicts already; it asks this one for the others. */
    protected SchemaCatalogue(SchemaCatalogue like) {
        this(like.entries());
    }

    private SchemaCatalogue(List<SchemaEntry> entries) {
        for (SchemaEntry entry : entries) {
            byNamespace.computeIfAbsent(entry.namespace(), n -> new TreeMap<>()).put(entry.version(), entry);
        }
    }

    /** The catalogue that comes with the program, its packs' schemas included. Reads the documents; compiles none yet. */
    public static SchemaCatalogue load() {
        try {
            return load(Packs.shipped());
        } catch (InvalidPackException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * The shared schemas and those of packs.
     *
     * @throws InvalidPackException when a pack's schema is not one, or is there already
     */
    public static SchemaCatalogue load(Packs packs) throws InvalidPackException {
        List<SchemaEntry> entries = new ArrayList<>(SchemaDocuments.load());
        List<String> problems = new ArrayList<>();
        for (Pack pack : packs.all()) {
            for (String path : pack.names(Pack.SCHEMAS, ".xsd")) {
                try {
                    SchemaEntry entry = SchemaDocuments.entry(
                            path.substring(path.lastIndexOf('/') + 1),
                            pack.octets(path).orElseThrow());
                    if (entries.stream().anyMatch(other -> other.fileName().equals(entry.fileName()))) {
                        problems.add(pack.code() + "/" + path + ": another schema has this name and version");
                    }
                    entries.add(entry);
                } catch (IllegalStateException e) {
                    problems.add(pack.code() + "/" + path + ": " + e.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidPackException(problems);
        }
        return new SchemaCatalogue(entries);
    }

    /** The prefix of every namespace, by which expressions in declarations name it. */
    public Map<String, String> prefixes() {
        Map<String, String> prefixes = new TreeMap<>();
        entries().forEach(entry -> prefixes.put(entry.prefix(), entry.namespace()));
        return prefixes;
    }

    /** All schemas, by namespace, then version. */
    public List<SchemaEntry> entries() {
        return byNamespace.values().stream().flatMap(v -> v.values().stream()).toList();
    }

    /** The schema of this namespace and version, for example {@code "1.0"}; empty when there is none. */
    public Optional<SchemaEntry> find(String namespace, String version) {
        return versions(namespace).entrySet().stream()
                .filter(e -> e.getKey().toString().equals(version))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The newest minor of this namespace; empty when there is none. */
    public Optional<SchemaEntry> newest(String namespace) {
        return Optional.ofNullable(versions(namespace).lastEntry()).map(Map.Entry::getValue);
    }

    /** Validates by the root's namespace, in its newest minor, under the rules of the wire. */
    public SchemaVerdict validate(byte[] octets) {
        return validate(octets, XmlRules.WIRE);
    }

    /** Validates by the root's namespace, in its newest minor. */
    public SchemaVerdict validate(byte[] octets, XmlRules rules) {
        return validate(octets, rules, SectionTaker.NONE);
    }

    /**
     * The same for a document that may be large.
     *
     * @param sections takes what is to be left out of the document
     */
    public SchemaVerdict validate(byte[] octets, XmlRules rules, SectionTaker sections) {
        return validate(octets, rules, new Choice(this, "", ""), sections);
    }

    /** Validates against one schema, under the rules of the wire: the root must be of this namespace. */
    public SchemaVerdict validate(byte[] octets, String namespace, String version) {
        return validate(octets, XmlRules.WIRE, new Choice(this, namespace, version), SectionTaker.NONE);
    }

    /**
     * Validates an element with all below it, by its namespace, as it would stand alone once written.
     *
     * @throws IllegalArgumentException when a text holds a character that XML cannot carry
     */
    public SchemaVerdict validate(Element element) {
        return validate(HardenedXml.serialise(element));
    }

    /** Compiles every schema now instead of when first needed. */
    public void compileAll() {
        entries().forEach(this::grammar);
    }

    private SchemaVerdict validate(byte[] octets, XmlRules rules, Choice choice, SectionTaker sections) {
        GrammarVerdict verdict = Grammar.check(octets, rules, choice::choose, sections);
        if (verdict instanceof GrammarVerdict.Valid valid) {
            return new SchemaVerdict.Valid(valid.document(), choice.chosen());
        }
        if (verdict instanceof GrammarVerdict.Invalid invalid) {
            return new SchemaVerdict.Invalid(FaultCode.SCHEMA_INVALID, invalid.violations());
        }
        if (verdict instanceof GrammarVerdict.NoGrammar none) {
            boolean wrongRoot = none.violation().rule().equals(SchemaRule.UNKNOWN_ROOT.wireName());
            return new SchemaVerdict.Invalid(
                    wrongRoot ? FaultCode.SCHEMA_INVALID : FaultCode.SCHEMA_UNKNOWN, List.of(none.violation()));
        }
        XmlVerdict.Refused refused = ((GrammarVerdict.Refused) verdict).refusal();
        return new SchemaVerdict.Invalid(
                refused.code(),
                List.of(new Violation(
                        "/", SchemaRule.XML.wireName(), refused.reason(), refused.line(), refused.column())));
    }

    Grammar grammar(SchemaEntry entry) {
        return compiled.computeIfAbsent(entry, this::compile);
    }

    private Grammar compile(SchemaEntry root) {
        Map<String, SchemaEntry> needed = new LinkedHashMap<>();
        Deque<SchemaEntry> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            SchemaEntry entry = open.remove();
            if (needed.putIfAbsent(entry.namespace(), entry) == null) {
                open.addAll(carried(entry));
            }
        }
        return Grammar.compile(needed.values().stream()
                .map(e -> new GrammarSource(e.namespace(), e.prefix(), e.fileName(), e.octets()))
                .toList());
    }

    private List<SchemaEntry> carried(SchemaEntry entry) {
        if (entry.namespace().equals(ENVELOPE) || entry.namespace().equals(CONSOLIDATED)) {
            return byNamespace.values().stream()
                    .map(versions -> versions.lastEntry().getValue())
                    .toList();
        }
        return entry.imports().stream()
                .map(namespace -> newest(namespace)
                        .orElseThrow(() -> new IllegalStateException(
                                entry + " imports " + namespace + ", which is not in the catalogue")))
                .toList();
    }

    private TreeMap<SchemaVersion, SchemaEntry> versions(String namespace) {
        return byNamespace.getOrDefault(namespace, new TreeMap<>());
    }

    /** Which schema one document is held to: found out when its root is met. */
    private static final class Choice {
        private final SchemaCatalogue catalogue;
        private final String namespace;
        private final String version;
        private Optional<SchemaEntry> chosen = Optional.empty();

        /** An empty namespace stands for the root's own in its newest minor. */
        Choice(SchemaCatalogue catalogue, String namespace, String version) {
            this.catalogue = catalogue;
            this.namespace = namespace;
            this.version = version;
        }

        GrammarChoice choose(String rootNamespace) {
            if (!namespace.isEmpty() && !namespace.equals(rootNamespace)) {
                return new GrammarChoice.None(SchemaRule.UNKNOWN_ROOT, "the root is not of the namespace " + namespace);
            }
            chosen = namespace.isEmpty() ? catalogue.newest(rootNamespace) : catalogue.find(namespace, version);
            if (chosen.isEmpty()) {
                String what = namespace.isEmpty() ? "this namespace" : "version " + version + " of " + namespace;
                return new GrammarChoice.None(SchemaRule.UNKNOWN_SCHEMA, "no schema is known for " + what);
            }
            return new GrammarChoice.Found(catalogue.grammar(chosen.get()));
        }

        SchemaEntry chosen() {
            return chosen.orElseThrow();
        }
    }
}
