package org.wasl.node.edge.portal;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;

/** What members, and the fields and coded values of records, are called in Arabic and English; for anybody. */
@RestController
public final class TermsController {

    private static final Duration FRESH = Duration.ofMinutes(5);

    private final RecordTerms terms;
    private final CurrentRegistry registry;

    public TermsController(SchemaCatalogue schemas, CurrentRegistry registry) {
        this.terms = new RecordTerms(schemas);
        this.registry = registry;
    }

    /**
     * The names.
     *
     * @param members by their identifiers
     * @param records the records' types, by their names with the schema's prefix
     * @param types what the records are made of
     */
    record TermsView(
            long registryVersion,
            Map<String, Map<String, String>> members,
            Map<String, String> records,
            Map<String, RecordTerms.Type> types) {}

    @GetMapping(path = "/catalogue/terms", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TermsView> terms() {
        Registry current = registry.get();
        Map<String, Map<String, String>> members = new TreeMap<>();
        for (Member member : current.members()) {
            members.put(member.id().toString(), CatalogueView.names(member.name()));
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .body(new TermsView(
                        current.version(), members, new TreeMap<>(terms.records()), new TreeMap<>(terms.types())));
    }
}
