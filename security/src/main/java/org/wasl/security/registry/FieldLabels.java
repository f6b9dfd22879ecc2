package org.wasl.security.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaEntry;

/** What the fields that an agreement releases are called, by the service's schema. For one thread. */
public final class FieldLabels {

    private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final SchemaCatalogue catalogue;
    private final RecordFields fields;

    /** @param catalogue holds the schemas */
    public FieldLabels(SchemaCatalogue catalogue) {
        this.catalogue = catalogue;
        this.fields = new RecordFields(catalogue);
    }

    /**
     * The name of one released field; made of its element's name where the schema has none.
     *
     * @param path local names from the record's root on, separated by {@code /}
     */
    public Label label(Service service, String path) {
        Optional<SchemaEntry> schema = catalogue
                .find(service.namespace(), service.schemaVersion())
                .or(() -> catalogue.newest(service.namespace()));
        String spelt = spelt(path.substring(path.lastIndexOf('/') + 1));
        return new Label(
                schema.flatMap(entry -> fields.label(entry, path, "ar")).orElse(spelt),
                schema.flatMap(entry -> fields.label(entry, path, "en")).orElse(spelt));
    }

    private static String spelt(String name) {
        String words = String.join(" ", WORDS.split(name)).toLowerCase(Locale.ROOT);
        return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
