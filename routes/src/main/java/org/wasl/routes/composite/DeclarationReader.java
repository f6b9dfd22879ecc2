package org.wasl.routes.composite;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.CompositeDeclaration.Condition;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.routes.composite.CompositeDeclaration.ForEach;
import org.wasl.routes.composite.CompositeDeclaration.Input;
import org.wasl.routes.composite.CompositeDeclaration.Rule;
import org.wasl.routes.composite.CompositeDeclaration.Source;
import org.wasl.routes.composite.CompositeDeclaration.Step;
import org.wasl.routes.composite.CompositeDeclaration.Undo;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.Label;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one declaration; what is wrong is gathered with file and line. */
final class DeclarationReader {

    private static final int MAX_CHARACTERS = 200_000;
    private static final int MAX_STEPS = 32;
    private static final int MAX_INPUTS = 16;
    private static final Duration MAX_STAYS_OPEN = Duration.ofDays(30);
    private static final Duration MAX_DEADLINE = Duration.ofMinutes(2);
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");
    private static final Pattern EARLIER = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,63}):(.+)", Pattern.DOTALL);

    private static final Pattern REFERENCE = Pattern.compile("\\$([A-Za-z][A-Za-z0-9-]*)");
    private static final String ITEM = "item";
    private static final String UNDONE = "undone.message-id";
    private static final Duration UNDO_DEADLINE = Duration.ofSeconds(5);
    private static final int MAX_ITEMS = 32;
    private static final int MAX_EXCHANGES = 128;

    private final Problems problems;
    private final Map<String, String> prefixes;

    /** @param prefixes the namespaces of records, by the prefixes that expressions use */
    DeclarationReader(Problems problems, Map<String, String> prefixes) {
        this.problems = problems;
        this.prefixes = prefixes;
    }

    /** The declaration; empty when anything was wrong, which the problems then tell. */
    Optional<CompositeDeclaration> read(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(12);
        options.setAllowDuplicateKeys(false);
        int before = problems.found().size();
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
            if (root == null) {
                problems.add(1, "the file is empty");
                return Optional.empty();
            }
            CompositeDeclaration declaration = declaration(new YamlMapping(root, problems));
            return problems.found().size() == before ? Optional.ofNullable(declaration) : Optional.empty();
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "not YAML: " + e.getProblem());
            return Optional.empty();
        }
    }

    private @Nullable CompositeDeclaration declaration(YamlMapping yaml) {
        ServiceId service = yaml.required("service", ServiceId::parse);
        Label name = label(yaml, "name");
        String purpose = yaml.required("purpose", matching(CODE, "a code of letters, digits and . _ : / -"));
        String legalBasis = yaml.required("legal-basis", matching(CODE, "a code of letters, digits and . _ : / -"));
        Duration deadline = yaml.required("deadline", DeclarationReader::deadline);
        Duration staysOpen = yaml.optional("stays-open", DeclarationReader::staysOpen);
        Duration undoWithin = yaml.optional("undo-within", DeclarationReader::staysOpen);
        List<Input> inputs = new ArrayList<>();
        for (YamlMapping input : yaml.mappings("inputs")) {
            Optional.ofNullable(input(input)).ifPresent(inputs::add);
        }
        if (inputs.size() > MAX_INPUTS) {
            problems.add(yaml.node(), "at most " + MAX_INPUTS + " inputs");
        }
        List<YamlMapping> stepNodes = yaml.mappings("steps");
        if (stepNodes.isEmpty() || stepNodes.size() > MAX_STEPS) {
            problems.add(yaml.node(), "'steps' must list 1 to " + MAX_STEPS + " steps");
        }
        Set<String> variables = inputs.stream().map(Input::name).collect(Collectors.toUnmodifiableSet());
        Set<String> stepIds = stepIds(stepNodes, variables);
        List<Step> steps = new ArrayList<>();
        Map<String, Node> places = new HashMap<>();
        for (YamlMapping stepNode : stepNodes) {
            Step step = step(stepNode, deadline, new Names(variables, stepIds));
            if (step != null) {
                if (places.putIfAbsent(step.id(), stepNode.node()) != null) {
                    problems.add(stepNode.node(), "step '" + step.id() + "' is declared twice");
                }
                steps.add(step);
            }
            if (step != null && step.undo() != null && step.forEach() != null) {
                problems.add(stepNode.node(), "a step with 'undo' is asked once: it cannot have 'for-each'");
            }
        }
        CompositeOffer offer = new OfferReader(problems).read(yaml);
        yaml.refuseUnknownKeys();
        checkExchanges(yaml, steps);
        checkSources(steps, inputs, places);
        if (service == null || name == null || purpose == null || legalBasis == null || deadline == null) {
            return null;
        }
        return new CompositeDeclaration(
                service,
                name,
                purpose,
                legalBasis,
                deadline,
                inputs,
                steps,
                offer,
                staysOpen,
                Objects.requireNonNullElse(undoWithin, CompositeDeclaration.UNDO_WITHIN));
    }

    private @Nullable Label label(YamlMapping yaml, String key) {
        Optional<YamlMapping> label = yaml.mapping(key);
        if (label.isEmpty()) {
            return null;
        }
        String arabic = label.get().required("ar", DeclarationReader::text);
        String english = label.get().required("en", DeclarationReader::text);
        label.get().refuseUnknownKeys();
        return arabic == null || english == null ? null : new Label(arabic, english);
    }

    private @Nullable Input input(YamlMapping yaml) {
        String name = yaml.required("name", matching(NAME, "a name of letters, digits and -"));
        Label label = label(yaml, "label");
        Boolean required = yaml.optional("required", DeclarationReader::bool);
        Pattern pattern = yaml.required("pattern", DeclarationReader::pattern);
        Boolean subject = yaml.optional("subject", DeclarationReader::bool);
        yaml.refuseUnknownKeys();
        if (name == null || label == null || pattern == null) {
            return null;
        }
        return new Input(
                name,
                label,
                Objects.requireNonNullElse(required, true),
                pattern,
                Objects.requireNonNullElse(subject, false));
    }

    /** What expressions may refer to. */
    private record Names(Set<String> inputs, Set<String> steps) {

        /** The steps that are declared before that one. */
        Set<String> before(String id) {
            Set<String> before = new HashSet<>();
            for (String step : steps) {
                if (step.equals(id)) {
                    break;
                }
                before.add(step);
            }
            return before;
        }
    }

    private Set<String> stepIds(List<YamlMapping> stepNodes, Set<String> inputs) {
        Set<String> ids = new LinkedHashSet<>();
        for (YamlMapping stepNode : stepNodes) {
            String id = stepNode.value("id")
                    .map(node -> node instanceof ScalarNode scalar ? scalar.getValue() : "")
                    .orElse("");
            if (inputs.contains(id) || id.equals(ITEM)) {
                problems.add(
                        stepNode.node(), "a step cannot be named '" + id + "': expressions would mean something else");
            }
            if (NAME.matcher(id).matches()) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** The earlier steps that an expression refers to as variables. */
    private static Set<String> referred(String expression, Names names) {
        Set<String> referred = new HashSet<>();
        Matcher matcher = REFERENCE.matcher(expression);
        while (matcher.find()) {
            if (names.steps().contains(matcher.group(1))) {
                referred.add(matcher.group(1));
            }
        }
        return referred;
    }

    private @Nullable Step step(YamlMapping yaml, @Nullable Duration whole, Names names) {
        Set<String> records = new HashSet<>();
        Function<String, RecordExpression> expression = text -> {
            Set<String> used = referred(text, names);
            records.addAll(used);
            return RecordExpression.compile(text, prefixes, names.inputs(), used);
        };
        String id = yaml.required("id", matching(NAME, "a name of letters, digits and -"));
        ServiceId service = yaml.required("service", ServiceId::parse);
        Label label = label(yaml, "label");
        Map<String, Source> parameters = parameters(yaml, names.inputs());
        if (parameters.values().stream().anyMatch(Source.UndoneRequest.class::isInstance)) {
            problems.add(yaml.node(), "'" + UNDONE + "' is for the parameters of 'undo'");
        }
        Set<String> after = new HashSet<>();
        for (Node item : yaml.items("after")) {
            if (item instanceof ScalarNode scalar) {
                after.add(scalar.getValue());
            } else {
                problems.add(item, "'after' must list steps' ids");
            }
        }
        Boolean required = yaml.optional("required", DeclarationReader::bool);
        Duration deadline = yaml.required("deadline", DeclarationReader::deadline);
        if (deadline != null && whole != null && deadline.compareTo(whole) > 0) {
            problems.add(yaml.node(), "the step's deadline is later than the whole's");
        }
        Duration acceptedAge = yaml.optional("accepted-age", DeclarationReader::age);
        boolean staleMayDecide =
                Objects.requireNonNullElse(yaml.optional("stale-may-decide", DeclarationReader::bool), false);
        if (staleMayDecide && acceptedAge == null) {
            problems.add(yaml.node(), "'stale-may-decide' without an 'accepted-age' would mean any age");
        }
        RecordExpression coverage = yaml.optional("accepted-coverage-when", expression);
        RecordExpression requires = yaml.required("requires", expression);
        RecordExpression dues = yaml.optional("dues", expression);
        List<Rule> rules = rules(yaml, expression);
        Condition askWhen = yaml.optional("ask-when", text -> condition(text, names.inputs()));
        ForEach forEach = forEach(yaml, names.inputs());
        if (Boolean.FALSE.equals(required) && yaml.value("undo").isPresent()) {
            problems.add(yaml.node(), "a step with 'undo' is required: what it changes stands with all the rest");
        }
        Undo undo = undo(yaml, names.inputs());
        if (undo != null && id != null) {
            // What changes something waits for all that may stand against it, and is undone in the reverse order.
            after.addAll(names.before(id));
        }
        if (forEach == null && parameters.values().stream().anyMatch(Source.Item.class::isInstance)) {
            problems.add(yaml.node(), "a parameter takes a value of the item, but the step has no 'for-each'");
        }
        yaml.refuseUnknownKeys();
        if (id == null || service == null || label == null || deadline == null || requires == null) {
            return null;
        }
        return new Step(
                id,
                service,
                label,
                parameters,
                after,
                Objects.requireNonNullElse(required, true),
                deadline,
                acceptedAge,
                requires,
                coverage,
                dues,
                rules,
                askWhen,
                forEach,
                records,
                staleMayDecide,
                undo);
    }

    private static Duration age(String text) {
        Duration age = Duration.parse(text);
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("must be more than nothing");
        }
        return age;
    }

    private @Nullable Undo undo(YamlMapping step, Set<String> variables) {
        if (step.value("undo").isEmpty()) {
            return null;
        }
        Optional<YamlMapping> yaml = step.mapping("undo");
        if (yaml.isEmpty()) {
            return null;
        }
        ServiceId service = yaml.get().required("service", ServiceId::parse);
        Map<String, Source> parameters = parameters(yaml.get(), variables);
        Duration deadline = yaml.get().optional("deadline", DeclarationReader::deadline);
        yaml.get().refuseUnknownKeys();
        if (parameters.values().stream().anyMatch(Source.Item.class::isInstance)) {
            problems.add(yaml.get().node(), "an undoing exchange has no item");
        }
        return service == null
                ? null
                : new Undo(service, parameters, Objects.requireNonNullElse(deadline, UNDO_DEADLINE));
    }

    private Condition condition(String text, Set<String> variables) {
        Matcher earlier = EARLIER.matcher(text);
        if (!earlier.matches()) {
            throw new IllegalArgumentException("must be 'STEP: condition over that step's record'");
        }
        return new Condition(earlier.group(1), compile(earlier.group(2).strip(), variables));
    }

    private @Nullable ForEach forEach(YamlMapping step, Set<String> variables) {
        if (step.value("for-each").isEmpty()) {
            return null;
        }
        Optional<YamlMapping> yaml = step.mapping("for-each");
        if (yaml.isEmpty()) {
            return null;
        }
        String from = yaml.get().required("step", matching(NAME, "a name of letters, digits and -"));
        RecordExpression items = yaml.get().required("items", text -> compile(text, variables));
        Integer most = yaml.get().required("most", DeclarationReader::most);
        yaml.get().refuseUnknownKeys();
        return from == null || items == null || most == null ? null : new ForEach(from, items, most);
    }

    private static Integer most(String text) {
        int most = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        if (most < 1 || most > MAX_ITEMS) {
            throw new IllegalArgumentException("must be a number from 1 to " + MAX_ITEMS);
        }
        return most;
    }

    private RecordExpression compile(String text, Set<String> variables) {
        return RecordExpression.compile(text, prefixes, variables, Set.of());
    }

    private void checkExchanges(YamlMapping yaml, List<Step> steps) {
        int exchanges = steps.stream()
                .map(Step::forEach)
                .mapToInt(each -> each == null ? 1 : each.most())
                .sum();
        if (exchanges > MAX_EXCHANGES) {
            problems.add(
                    yaml.node(),
                    "its steps may come to " + exchanges + " exchanges, more than the " + MAX_EXCHANGES + " allowed");
        }
    }

    private Map<String, Source> parameters(YamlMapping step, Set<String> variables) {
        Map<String, Source> parameters = new HashMap<>();
        step.mapping("parameters").ifPresent(yaml -> {
            for (String name : yaml.keys()) {
                Source source = yaml.required(name, text -> source(text, variables));
                if (source != null) {
                    parameters.put(name, source);
                }
            }
        });
        return parameters;
    }

    private List<Rule> rules(YamlMapping step, Function<String, RecordExpression> expression) {
        List<Rule> rules = new ArrayList<>();
        for (YamlMapping yaml : step.mappings("rules")) {
            RecordExpression when = yaml.required("when", expression);
            Effect effect = yaml.required("effect", DeclarationReader::effect);
            Label reason = label(yaml, "reason");
            yaml.refuseUnknownKeys();
            if (when != null && effect != null && reason != null) {
                rules.add(new Rule(when, effect, reason));
            }
        }
        return rules;
    }

    /** Every step and input that is referred to exists, and no step waits for itself. */
    private void checkSources(List<Step> steps, List<Input> inputs, Map<String, Node> places) {
        Set<String> inputNames = new HashSet<>();
        inputs.forEach(input -> inputNames.add(input.name()));
        Map<String, Step> byId = new HashMap<>();
        steps.forEach(step -> byId.put(step.id(), step));
        for (Step step : steps) {
            Node place = Objects.requireNonNull(places.get(step.id()));
            Map<String, Source> parameters = new HashMap<>(step.parameters());
            Undo undo = step.undo();
            if (undo != null) {
                undo.parameters().forEach((name, source) -> parameters.put("undo." + name, source));
            }
            for (Map.Entry<String, Source> parameter : parameters.entrySet()) {
                if (parameter.getValue() instanceof Source.RequestInput input && !inputNames.contains(input.input())) {
                    problems.add(
                            place,
                            "parameter '" + parameter.getKey() + "' takes the input '" + input.input()
                                    + "', which the service does not have");
                }
            }
            boolean known = true;
            for (String predecessor : step.predecessors()) {
                if (!byId.containsKey(predecessor)) {
                    problems.add(place, "step '" + step.id() + "' waits for '" + predecessor + "', which is no step");
                    known = false;
                }
            }
            for (String source : step.sources()) {
                if (byId.containsKey(source) && byId.get(source).forEach() != null) {
                    problems.add(
                            place,
                            "step '" + step.id() + "' looks at the record of '" + source
                                    + "', which is asked for each of several items and so has no one record");
                }
            }
            if (known && waitsForItself(step, byId)) {
                problems.add(place, "step '" + step.id() + "' waits, by way of others, for itself");
            }
        }
    }

    private static boolean waitsForItself(Step step, Map<String, Step> byId) {
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(step.predecessors());
        while (!open.isEmpty()) {
            String id = open.remove(open.size() - 1);
            if (id.equals(step.id())) {
                return true;
            }
            Step next = byId.get(id);
            if (next != null && seen.add(id)) {
                open.addAll(next.predecessors());
            }
        }
        return false;
    }

    private Source source(String text, Set<String> variables) {
        if (text.equals(UNDONE)) {
            return new Source.UndoneRequest();
        }
        if (text.startsWith("constant.")) {
            return new Source.Constant(text.substring("constant.".length()));
        }
        if (text.startsWith("request.")) {
            return new Source.RequestInput(text.substring("request.".length()));
        }
        Matcher earlier = EARLIER.matcher(text);
        if (!earlier.matches()) {
            throw new IllegalArgumentException(
                    "must be 'request.INPUT', 'constant.TEXT', 'item: expression over the item'"
                            + " or 'STEP: expression over that step's record'");
        }
        RecordExpression value = compile(earlier.group(2).strip(), variables);
        return earlier.group(1).equals(ITEM) ? new Source.Item(value) : new Source.EarlierStep(earlier.group(1), value);
    }

    private static Effect effect(String text) {
        for (Effect effect : Effect.values()) {
            if (effect.name().equals(text)) {
                return effect;
            }
        }
        throw new IllegalArgumentException("must be one of " + Arrays.toString(Effect.values()));
    }

    private static Duration staysOpen(String text) {
        Duration staysOpen = Duration.parse(text);
        if (staysOpen.isNegative() || staysOpen.isZero() || staysOpen.compareTo(MAX_STAYS_OPEN) > 0) {
            throw new IllegalArgumentException("must be positive and at most " + MAX_STAYS_OPEN);
        }
        return staysOpen;
    }

    private static Duration deadline(String text) {
        Duration deadline = Duration.parse(text);
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException("must be more than nothing and at most " + MAX_DEADLINE);
        }
        return deadline;
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static String text(String text) {
        if (text.isBlank() || text.length() > 300) {
            throw new IllegalArgumentException("must have 1 to 300 characters");
        }
        return text;
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(text);
    }

    private static Function<String, String> matching(Pattern pattern, String what) {
        return text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException("must be " + what);
            }
            return text;
        };
    }
}
