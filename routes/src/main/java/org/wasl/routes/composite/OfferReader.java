package org.wasl.routes.composite;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.CompositeOffer.Applications;
import org.wasl.routes.composite.CompositeOffer.Automation;
import org.wasl.routes.composite.CompositeOffer.Channel;
import org.wasl.routes.composite.CompositeOffer.Criterion;
import org.wasl.routes.composite.CompositeOffer.Fee;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.Label;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the part of a declaration that says how the service is offered. */
final class OfferReader {

    private static final int MAX_FEES = 32;
    private static final int MAX_LABEL = 300;
    private static final Duration MAX_SERVICE_LEVEL = Duration.ofDays(366);
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}\\.[0-9]{3}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern YEAR = Pattern.compile("[12][0-9]{3}");
    private static final Pattern TRUTH = Pattern.compile("true|false");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

    private final Problems problems;

    OfferReader(Problems problems) {
        this.problems = problems;
    }

    /** The section {@code offer}; nothing when there is none. */
    CompositeOffer read(YamlMapping declaration) {
        if (declaration.value("offer").isEmpty()) {
            return CompositeOffer.NONE;
        }
        return declaration.mapping("offer").map(this::offer).orElse(CompositeOffer.NONE);
    }

    private CompositeOffer offer(YamlMapping yaml) {
        MemberId owner = yaml.required("owner", MemberId::parse);
        Label description = label(yaml, "description");
        Set<Channel> channels = codes(yaml, "channels", Channel.class);
        Set<Automation> automated = codes(yaml, "automated", Automation.class);
        Map<Criterion, Integer> priority = priority(yaml);
        Duration serviceLevel = yaml.required("service-level", OfferReader::serviceLevel);
        List<Fee> fees = new ArrayList<>();
        for (YamlMapping fee : yaml.mappings("fees")) {
            Optional.ofNullable(fee(fee)).ifPresent(fees::add);
        }
        if (fees.size() > MAX_FEES || fees.stream().map(Fee::id).distinct().count() < fees.size()) {
            problems.add(yaml.node(), "'fees' may list " + MAX_FEES + " fees, each under an id of its own");
        }
        Applications applications = yaml.value("applications").isEmpty()
                ? null
                : yaml.mapping("applications").map(this::applications).orElse(null);
        yaml.refuseUnknownKeys();
        return new CompositeOffer(owner, description, channels, automated, priority, serviceLevel, fees, applications);
    }

    /** What was counted, by whom and when: a share without that says nothing. */
    private @Nullable Applications applications(YamlMapping yaml) {
        Long yearly = yaml.required(
                "yearly", text -> Long.valueOf(matching(text, COUNT, "must be a number from 1 to 999999999")));
        Year year = yaml.required("year", text -> Year.of(Integer.parseInt(matching(text, YEAR, "must be a year"))));
        LocalDate published = yaml.required("published", LocalDate::parse);
        Label source = label(yaml, "source");
        Boolean synthetic =
                yaml.required("synthetic", text -> Boolean.valueOf(matching(text, TRUTH, "must be true or false")));
        yaml.refuseUnknownKeys();
        if (yearly == null || year == null || published == null || source == null || synthetic == null) {
            return null;
        }
        if (published.getYear() < year.getValue()) {
            problems.add(yaml.node(), "'published' is before the year that was counted");
            return null;
        }
        return new Applications(yearly, year, published, source, synthetic);
    }

    private @Nullable Label label(YamlMapping yaml, String key) {
        Optional<YamlMapping> label = yaml.mapping(key);
        if (label.isEmpty()) {
            return null;
        }
        String arabic = label.get().required("ar", OfferReader::text);
        String english = label.get().required("en", OfferReader::text);
        label.get().refuseUnknownKeys();
        return arabic == null || english == null ? null : new Label(arabic, english);
    }

    private <E extends Enum<E>> Set<E> codes(YamlMapping yaml, String key, Class<E> type) {
        Set<E> codes = EnumSet.noneOf(type);
        for (Node item : yaml.items(key)) {
            Optional<E> code = item instanceof ScalarNode scalar ? code(scalar.getValue(), type) : Optional.empty();
            if (code.isEmpty() || !codes.add(code.get())) {
                problems.add(
                        item, "'" + key + "' lists, each once, any of " + Arrays.toString(type.getEnumConstants()));
            }
        }
        return codes;
    }

    private static <E extends Enum<E>> Optional<E> code(String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(code -> code.name().equals(text))
                .findFirst();
    }

    private Map<Criterion, Integer> priority(YamlMapping offer) {
        Map<Criterion, Integer> priority = new EnumMap<>(Criterion.class);
        offer.mapping("priority").ifPresent(yaml -> {
            for (Criterion criterion : Criterion.values()) {
                Integer points = yaml.required(criterion.name().toLowerCase(Locale.ROOT), OfferReader::points);
                if (points != null) {
                    priority.put(criterion, points);
                }
            }
            yaml.refuseUnknownKeys();
        });
        return priority;
    }

    private @Nullable Fee fee(YamlMapping yaml) {
        String id = yaml.required("id", text -> matching(text, NAME, "must be a name of letters, digits and -"));
        Label label = label(yaml, "label");
        BigDecimal amount = yaml.required(
                "amount",
                text -> new BigDecimal(
                        matching(text, AMOUNT, "must be an amount with three decimals, in quotation marks")));
        String currency = yaml.required("currency", text -> matching(text, CURRENCY, "must be a currency's code"));
        yaml.refuseUnknownKeys();
        return id == null || label == null || amount == null || currency == null
                ? null
                : new Fee(id, label, amount, currency);
    }

    private static Duration serviceLevel(String text) {
        Duration within = Duration.parse(text);
        if (within.isNegative() || within.isZero() || within.compareTo(MAX_SERVICE_LEVEL) > 0) {
            throw new IllegalArgumentException("must be more than nothing and at most " + MAX_SERVICE_LEVEL);
        }
        return within;
    }

    private static Integer points(String text) {
        if (!text.matches("[1-5]")) {
            throw new IllegalArgumentException("must be a number from 1 to 5");
        }
        return Integer.valueOf(text);
    }

    private static String matching(String text, Pattern pattern, String reason) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(reason);
        }
        return text;
    }

    private static String text(String text) {
        if (text.isBlank() || text.length() > MAX_LABEL) {
            throw new IllegalArgumentException("must have 1 to " + MAX_LABEL + " characters");
        }
        return text;
    }
}
