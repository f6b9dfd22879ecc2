package org.wasl.node.edge.portal;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;

/** What people can ask for; nobody must sign in to read it. */
@RestController
public final class CatalogueController {

    private final CompositeServices composites;
    private final CurrentRegistry registry;
    private final MemberId publisher;

    /** @param publisher the member in whose name the catalogue is published */
    public CatalogueController(CompositeServices composites, CurrentRegistry registry, MemberId publisher) {
        this.composites = composites;
        this.registry = registry;
        this.publisher = publisher;
    }

    @GetMapping(path = "/catalogue", produces = MediaType.APPLICATION_JSON_VALUE)
    CatalogueView catalogue() {
        return CatalogueView.of(composites.declarations(), registry.get());
    }

    /** The same in the EU's Core Public Service Vocabulary. */
    @GetMapping(path = "/catalogue/cpsv-ap", produces = MediaType.APPLICATION_XML_VALUE)
    byte[] vocabulary() {
        Registry current = registry.get();
        Label name = current.member(publisher)
                .map(Member::name)
                .orElseGet(() -> new Label(publisher.toString(), publisher.toString()));
        return CpsvXml.write(
                CatalogueView.of(composites.declarations(), current),
                new CatalogueView.Body(
                        publisher.toString(), java.util.Map.of("ar", name.arabic(), "en", name.english())),
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString());
    }
}
