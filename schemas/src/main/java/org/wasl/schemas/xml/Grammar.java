package org.wasl.schemas.xml;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.validation.Schema;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.SAXNotRecognizedException;
import org.xml.sax.SAXNotSupportedException;

/** A compiled set of schema documents, one for each namespace. Safe for any number of threads. */
public final class Grammar {

    private static final String LOCALE = "http://apache.org/xml/properties/locale";

    private final Pool<ValidatorHandler> validators;
    private final Map<String, String> prefixes;

    private Grammar(Schema schema, Map<String, String> prefixes) {
        this.validators = new Pool<>(() -> validator(schema));
        this.prefixes = prefixes;
    }

    /**
     * Compiles these documents; what they import is found among them by namespace, and nowhere else.
     *
     * @throws IllegalStateException when they are not valid schemas or import what is not among them
     */
    public static Grammar compile(Collection<GrammarSource> sources) {
        Map<String, String> prefixes =
                sources.stream().collect(Collectors.toMap(GrammarSource::namespace, GrammarSource::prefix));
        return new Grammar(SchemaCompiler.compile(sources), Map.copyOf(prefixes));
    }

    /**
     * Parses and checks in one pass.
     *
     * @param grammars the grammar for a root's namespace, or null when there is none
     */
    public static GrammarVerdict check(byte[] octets, XmlRules rules, Function<String, GrammarChoice> grammars) {
        return check(octets, rules, grammars, SectionTaker.NONE);
    }

    /**
     * The same for a document that may be large.
     *
     * @param sections takes what is to be left out of the document
     */
    public static GrammarVerdict check(
            byte[] octets, XmlRules rules, Function<String, GrammarChoice> grammars, SectionTaker sections) {
        return Checking.check(octets, rules, grammars, sections);
    }

    Pool<ValidatorHandler> validators() {
        return validators;
    }

    /** The prefix that people know a namespace by; the namespace itself, in braces, when it is none of ours. */
    String prefix(String namespace) {
        String prefix = prefixes.get(namespace);
        return prefix == null ? "{" + namespace + "}" : prefix;
    }

    private static ValidatorHandler validator(Schema schema) {
        ValidatorHandler handler = schema.newValidatorHandler();
        try {
            // The messages are read by their English wording, whatever the machine speaks.
            handler.setProperty(LOCALE, Locale.ENGLISH);
        } catch (SAXNotRecognizedException | SAXNotSupportedException e) {
            throw new IllegalStateException("the JDK's validator no longer takes a locale", e);
        }
        return handler;
    }
}
