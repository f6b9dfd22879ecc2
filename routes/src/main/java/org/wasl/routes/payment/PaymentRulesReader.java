package org.wasl.routes.payment;

import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.DeclarationException;
import org.wasl.routes.composite.Problems;
import org.wasl.routes.composite.RecordExpression;
import org.wasl.routes.composite.YamlMapping;
import org.wasl.routes.payment.PaymentRules.DiscountRule;
import org.wasl.routes.payment.PaymentRules.DueRule;
import org.wasl.routes.payment.PaymentRules.Gateway;
import org.wasl.routes.payment.PaymentRules.Partial;
import org.wasl.routes.payment.PaymentRules.SmallValue;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.Label;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the rules of payment; what is wrong is gathered with file and line. */
public final class PaymentRulesReader {

    /** The variable of expressions that holds the day on which an order is made, as {@code 2026-01-31}. */
    static final String TODAY = "today";

    private static final int MAX_CHARACTERS = 200_000;
    private static final int MAX_RULES = 100;
    private static final int MAX_CHANNELS = 16;
    private static final int MAX_LABEL = 500;
    private static final int MAX_PARAMETERS = 12;
    private static final Duration MAX_VALID = Duration.ofDays(30);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MAX_CLOSES = Duration.ofDays(1);
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+-]{0,63}");
    private static final Pattern SECRET = Pattern.compile("[a-z][a-z0-9.-]{0,62}");
    private static final Pattern CHANNEL = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");

    private final Problems problems;
    private final Map<String, String> prefixes;
    private final Set<String> inputs;

    private PaymentRulesReader(Problems problems, Map<String, String> prefixes, Set<String> inputs) {
        this.problems = problems;
        this.prefixes = prefixes;
        this.inputs = new HashSet<>(inputs);
        this.inputs.add(TODAY);
    }

    /**
     * Reads the rules.
     *
     * @param file for complaints
     * @param prefixes the namespaces that expressions may name, by their prefixes
     * @param inputs the names of composite services' inputs, as variables of expressions
     * @throws DeclarationException when anything is wrong
     */
    public static PaymentRules read(String file, String yaml, Map<String, String> prefixes, Set<String> inputs) {
        Problems problems = new Problems(file);
        Optional<PaymentRules> rules = new PaymentRulesReader(problems, prefixes, inputs).read(yaml);
        if (!problems.found().isEmpty() || rules.isEmpty()) {
            throw new DeclarationException(problems.found());
        }
        return rules.get();
    }

    private Optional<PaymentRules> read(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(12);
        options.setAllowDuplicateKeys(false);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
            if (root == null) {
                problems.add(1, "the file is empty");
                return Optional.empty();
            }
            return Optional.ofNullable(rules(new YamlMapping(root, problems)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "not YAML: " + e.getProblem());
            return Optional.empty();
        }
    }

    private @Nullable PaymentRules rules(YamlMapping yaml) {
        ServiceId service = yaml.required("service", ServiceId::parse);
        String purpose = yaml.required("purpose", text -> matching(text, CODE, "must be a code"));
        String legalBasis = yaml.required("legal-basis", text -> matching(text, CODE, "must be a code"));
        ZoneId zone = yaml.required("zone", ZoneId::of);
        String currency = yaml.required("currency", text -> matching(text, CURRENCY, "must be a currency's code"));
        Duration valid = yaml.required("valid", text -> duration(text, MAX_VALID));
        Duration answerAge = yaml.required("answer-age", text -> duration(text, MAX_VALID));
        Partial partial = yaml.required("partial", text -> code(text, Partial.class));
        List<String> channels = channels(yaml);
        SmallValue small = yaml.value("small-value").isEmpty()
                ? null
                : yaml.mapping("small-value").map(this::small).orElse(null);
        Gateway gateway = yaml.mapping("gateway").map(this::gateway).orElse(null);
        List<DueRule> dues = new ArrayList<>();
        for (YamlMapping rule : yaml.mappings("dues")) {
            Optional.ofNullable(due(rule)).ifPresent(dues::add);
        }
        if (dues.isEmpty() || dues.size() > MAX_RULES) {
            problems.add(yaml.node(), "'dues' must list 1 to " + MAX_RULES + " rules");
        }
        ServiceId fees = yaml.optional("fees", ServiceId::parse);
        yaml.refuseUnknownKeys();
        if (service == null
                || purpose == null
                || legalBasis == null
                || zone == null
                || currency == null
                || valid == null
                || answerAge == null
                || partial == null
                || gateway == null) {
            return null;
        }
        return new PaymentRules(
                service,
                purpose,
                legalBasis,
                zone,
                currency,
                valid,
                answerAge,
                partial,
                channels,
                small,
                gateway,
                dues,
                fees);
    }

    private List<String> channels(YamlMapping yaml) {
        List<String> channels = new ArrayList<>();
        for (Node item : yaml.items("channels")) {
            if (item instanceof ScalarNode scalar
                    && CHANNEL.matcher(scalar.getValue()).matches()) {
                channels.add(scalar.getValue());
            } else {
                problems.add(item, "'channels' lists codes of capital letters, digits and _");
            }
        }
        if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
            problems.add(yaml.node(), "'channels' must list 1 to " + MAX_CHANNELS + " channels");
        }
        return channels;
    }

    private @Nullable SmallValue small(YamlMapping yaml) {
        Fils ceiling = yaml.required("ceiling", Fils::parse);
        List<String> channels = channels(yaml);
        yaml.refuseUnknownKeys();
        return ceiling == null ? null : new SmallValue(ceiling, channels);
    }

    private @Nullable Gateway gateway(YamlMapping yaml) {
        ServiceId present = yaml.required("present", ServiceId::parse);
        ServiceId receipt = yaml.required("receipt", ServiceId::parse);
        ServiceId reverse = yaml.required("reverse", ServiceId::parse);
        ServiceId day = yaml.required("day", ServiceId::parse);
        ServiceId paid = yaml.optional("paid", ServiceId::parse);
        String notifications = yaml.required("notifications", text -> matching(text, SECRET, "must name a secret"));
        Duration timeout = yaml.required("timeout", text -> duration(text, MAX_TIMEOUT));
        Duration closes = yaml.required("closes", text -> duration(text, MAX_CLOSES));
        yaml.refuseUnknownKeys();
        if (present == null
                || receipt == null
                || reverse == null
                || day == null
                || notifications == null
                || timeout == null
                || closes == null) {
            return null;
        }
        return new Gateway(present, receipt, reverse, day, paid, notifications, timeout, closes);
    }

    private @Nullable DueRule due(YamlMapping yaml) {
        ServiceId source = yaml.required("source", ServiceId::parse);
        RecordExpression when = yaml.optional("when", this::expression);
        Label label = label(yaml);
        RecordExpression items = yaml.required("items", this::expression);
        RecordExpression reference = yaml.optional("reference", this::expression);
        RecordExpression due = yaml.required("due", this::expression);
        ServiceId settle = yaml.required("settle", ServiceId::parse);
        Map<String, RecordExpression> parameters = new HashMap<>();
        yaml.mapping("parameters").ifPresent(values -> {
            for (String name : values.keys()) {
                RecordExpression value = values.required(name, this::expression);
                if (!NAME.matcher(name).matches() || Errand.RESERVED.contains(name)) {
                    problems.add(values.node(), "a parameter cannot be named '" + name + "'");
                } else if (value != null) {
                    parameters.put(name, value);
                }
            }
            if (parameters.size() > MAX_PARAMETERS) {
                problems.add(values.node(), "at most " + MAX_PARAMETERS + " parameters");
            }
        });
        List<DiscountRule> discounts = new ArrayList<>();
        for (YamlMapping discount : yaml.mappings("discounts")) {
            Optional.ofNullable(discount(discount)).ifPresent(discounts::add);
        }
        yaml.refuseUnknownKeys();
        return source == null || label == null || items == null || due == null || settle == null
                ? null
                : new DueRule(source, when, label, items, reference, due, settle, parameters, discounts);
    }

    private @Nullable DiscountRule discount(YamlMapping yaml) {
        String id = yaml.required("id", text -> matching(text, CODE, "must be a code"));
        Label label = label(yaml);
        BigDecimal percent = yaml.required("percent", BigDecimal::new);
        MonthDay from = yaml.required("from", text -> MonthDay.parse("--" + text));
        MonthDay to = yaml.required("to", text -> MonthDay.parse("--" + text));
        RoundingMode rounding = yaml.required("rounding", text -> code(text, RoundingMode.class));
        RecordExpression when = yaml.optional("when", this::expression);
        RecordExpression of = yaml.required("of", this::expression);
        String legalBasis = yaml.required("legal-basis", text -> matching(text, CODE, "must be a code"));
        String source = yaml.required("source", PaymentRulesReader::text);
        yaml.refuseUnknownKeys();
        if (id == null
                || label == null
                || percent == null
                || from == null
                || to == null
                || rounding == null
                || of == null
                || legalBasis == null
                || source == null) {
            return null;
        }
        try {
            return new DiscountRule(new Discount(id, label, percent, from, to, rounding, legalBasis, source), when, of);
        } catch (IllegalArgumentException e) {
            problems.add(yaml.node(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Label label(YamlMapping yaml) {
        Optional<YamlMapping> label = yaml.mapping("label");
        if (label.isEmpty()) {
            return null;
        }
        String arabic = label.get().required("ar", PaymentRulesReader::text);
        String english = label.get().required("en", PaymentRulesReader::text);
        label.get().refuseUnknownKeys();
        return arabic == null || english == null ? null : new Label(arabic, english);
    }

    private RecordExpression expression(String text) {
        return RecordExpression.compile(text, prefixes, inputs, Set.of());
    }

    private static Duration duration(String text, Duration most) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative() || duration.isZero() || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException("must be more than nothing and at most " + most);
        }
        return duration;
    }

    private static <E extends Enum<E>> E code(String text, Class<E> type) {
        for (E code : Objects.requireNonNull(type.getEnumConstants())) {
            if (code.name().equals(text)) {
                return code;
            }
        }
        throw new IllegalArgumentException("must be one of " + List.of(type.getEnumConstants()));
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
