package org.wasl.routes.simulation;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.w3c.dom.Document;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;

/**
 * The real schemas, asked once for each text: runs differ in what happens, hardly in what is said. The payload's salt, which
 * is random and of which the schema asks its form alone, is left out of the comparison. Whoever asks is given a document of
 * their own, as the product changes some.
 */
final class RememberedSchemas extends SchemaCatalogue {

    private static final int MOST = 20_000;
    private static final String SALT = " salt=\"";

    /** One a thread: documents are not to be read by several. */
    private final ThreadLocal<Map<String, SchemaVerdict>> known = ThreadLocal.withInitial(HashMap::new);

    RememberedSchemas() {
        super(SchemaCatalogue.load());
    }

    @Override
    public SchemaVerdict validate(byte[] octets) {
        return remembered(key(octets), () -> super.validate(octets));
    }

    @Override
    public SchemaVerdict validate(byte[] octets, String namespace, String version) {
        return remembered(
                namespace + " " + version + " " + key(octets), () -> super.validate(octets, namespace, version));
    }

    private SchemaVerdict remembered(String key, Supplier<SchemaVerdict> asked) {
        Map<String, SchemaVerdict> verdicts = known.get();
        SchemaVerdict verdict = verdicts.get(key);
        if (verdict == null) {
            if (verdicts.size() == MOST) {
                verdicts.clear();
            }
            verdict = asked.get();
            verdicts.put(key, verdict);
        }
        return verdict instanceof SchemaVerdict.Valid valid
                ? new SchemaVerdict.Valid((Document) valid.document().cloneNode(true), valid.schema())
                : verdict;
    }

    /** The text without its salt. */
    private static String key(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        int salt = text.indexOf(SALT);
        if (salt < 0 || salt > text.indexOf('>')) {
            return text;
        }
        int from = salt + SALT.length();
        return text.substring(0, from) + text.substring(text.indexOf('"', from));
    }
}
