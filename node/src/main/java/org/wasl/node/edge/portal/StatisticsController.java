package org.wasl.node.edge.portal;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.wasl.node.statistics.RequestCounter;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;

/** How often services are asked: for anybody what may be published, for those entitled exactly. */
@RestController
public final class StatisticsController {

    private static final String CSV = "text/csv;charset=UTF-8";

    private final CompositeServices composites;
    private final RequestCounter counter;
    private final CurrentRegistry registry;
    private final Publication publication;

    /**
     * How data is published.
     *
     * @param publisher the member in whose name
     * @param threshold the number of which every published count is a multiple
     * @param licence the licence's address
     * @param synthetic whether the people who ask are invented
     */
    public record Publication(MemberId publisher, int threshold, String licence, boolean synthetic) {}

    public StatisticsController(
            CompositeServices composites, RequestCounter counter, CurrentRegistry registry, Publication publication) {
        this.composites = composites;
        this.counter = counter;
        this.registry = registry;
        this.publication = publication;
    }

    @GetMapping(path = "/catalogue/statistics", produces = MediaType.APPLICATION_JSON_VALUE)
    StatisticsView published() {
        return StatisticsView.of(
                composites.declarations(),
                counter.counted().released(publication.threshold()),
                publication.threshold(),
                publication.synthetic());
    }

    /** Exact counts; who may ask for them is the access rules' matter. */
    @GetMapping(path = "/statistics", produces = MediaType.APPLICATION_JSON_VALUE)
    StatisticsView exact() {
        return StatisticsView.of(composites.declarations(), counter.counted(), null, publication.synthetic());
    }

    @GetMapping(path = "/catalogue/open-data", produces = MediaType.APPLICATION_JSON_VALUE)
    OpenDataView openData() {
        return data();
    }

    @GetMapping("/catalogue/open-data.csv")
    ResponseEntity<byte[]> openDataAsTable() {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"requests.csv\"")
                .header(HttpHeaders.LINK, "</catalogue/open-data>; rel=\"describedby\"")
                .body(data().csv());
    }

    private OpenDataView data() {
        MemberId publisher = publication.publisher();
        Label name = registry.get()
                .member(publisher)
                .map(Member::name)
                .orElseGet(() -> new Label(publisher.toString(), publisher.toString()));
        CatalogueView.Body body =
                new CatalogueView.Body(publisher.toString(), Map.of("ar", name.arabic(), "en", name.english()));
        return OpenDataView.of(
                composites.declarations(),
                counter.counted().released(publication.threshold()),
                new OpenDataView.Terms(body, publication.licence(), publication.threshold(), publication.synthetic()),
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString());
    }
}
