package org.wasl.node.edge.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeOffer;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;

/**
 * The catalogue: what people can ask for, of whom, through what, at what cost, and what it spares them.
 *
 * @param registryVersion the registry by which members are named
 * @param services the services, in the order of their codes
 */
record CatalogueView(long registryVersion, List<Entry> services) {

    /**
     * One service.
     *
     * @param automated the five flags
     * @param priority the five criteria, 1 to 5
     * @param sources the agencies that are asked, and what for
     * @param visitsSaved how many agencies the person need not visit for a paper: every source
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String service,
            String id,
            Map<String, String> name,
            @Nullable Map<String, String> description,
            @Nullable Body owner,
            String purpose,
            String legalBasis,
            List<String> channels,
            Map<String, Boolean> automated,
            Map<String, Integer> priority,
            List<Fee> fees,
            @Nullable Long serviceLevelSeconds,
            List<Source> sources,
            int visitsSaved,
            @Nullable Applications applications,
            String href) {}

    record Body(String member, Map<String, String> name) {}

    /** An amount stays text: a JSON number would be read as binary. */
    record Fee(String id, Map<String, String> label, String amount, String currency) {}

    /** How often the service is applied for in a year, by whose count. */
    record Applications(long yearly, int year, String published, Map<String, String> source, boolean synthetic) {

        static @Nullable Applications of(CompositeOffer.@Nullable Applications counted) {
            return counted == null
                    ? null
                    : new Applications(
                            counted.yearly(),
                            counted.year().getValue(),
                            counted.published().toString(),
                            names(counted.source()),
                            counted.synthetic());
        }
    }

    record Source(String member, Map<String, String> name, List<String> services) {}

    static CatalogueView of(Collection<CompositeDeclaration> declarations, Registry registry) {
        return new CatalogueView(
                registry.version(),
                declarations.stream()
                        .sorted((one, other) ->
                                one.service().code().compareTo(other.service().code()))
                        .map(declaration -> entry(declaration, registry))
                        .toList());
    }

    private static Entry entry(CompositeDeclaration declaration, Registry registry) {
        CompositeOffer offer = declaration.offer();
        List<Source> sources = sources(declaration, registry);
        MemberId owner = offer.owner();
        Label description = offer.description();
        return new Entry(
                declaration.service().code(),
                declaration.service().toString(),
                names(declaration.name()),
                description == null ? null : names(description),
                owner == null ? null : new Body(owner.toString(), names(owner, registry)),
                declaration.purpose(),
                declaration.legalBasis(),
                offer.channelsInOrder().stream().map(Enum::name).toList(),
                automated(offer),
                priority(offer),
                fees(offer),
                offer.serviceLevel() == null
                        ? null
                        : Objects.requireNonNull(offer.serviceLevel()).toSeconds(),
                sources,
                sources.size(),
                Applications.of(offer.applications()),
                "/composites/" + declaration.service().code());
    }

    /** What the service costs. */
    static List<Fee> fees(CompositeOffer offer) {
        return offer.fees().stream()
                .map(fee -> new Fee(fee.id(), names(fee.label()), amount(fee.amount()), fee.currency()))
                .toList();
    }

    private static Map<String, Boolean> automated(CompositeOffer offer) {
        Map<String, Boolean> automated = new LinkedHashMap<>();
        Arrays.stream(CompositeOffer.Automation.values())
                .forEach(part -> automated.put(part.name(), offer.automated().contains(part)));
        return automated;
    }

    private static Map<String, Integer> priority(CompositeOffer offer) {
        Map<String, Integer> priority = new LinkedHashMap<>();
        offer.priorityInOrder().forEach((criterion, points) -> priority.put(criterion.name(), points));
        return priority;
    }

    private static List<Source> sources(CompositeDeclaration declaration, Registry registry) {
        Map<MemberId, List<String>> byMember =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        declaration.steps().forEach(step -> {
            List<String> services = byMember.computeIfAbsent(step.service().member(), member -> new ArrayList<>());
            if (!services.contains(step.service().toString())) {
                services.add(step.service().toString());
            }
        });
        List<Source> sources = new ArrayList<>();
        byMember.forEach(
                (member, services) -> sources.add(new Source(member.toString(), names(member, registry), services)));
        return sources;
    }

    private static Map<String, String> names(MemberId member, Registry registry) {
        return registry.member(member)
                .map(Member::name)
                .map(CatalogueView::names)
                .orElseGet(() -> names(new Label(member.toString(), member.toString())));
    }

    static Map<String, String> names(Label label) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("ar", label.arabic());
        names.put("en", label.english());
        return names;
    }

    private static String amount(BigDecimal amount) {
        return amount.toPlainString();
    }
}
