package org.wasl.connectors;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wasl.connectors.declaration.BackEndDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration.Breaker;
import org.wasl.connectors.declaration.ConnectorDeclaration.Limits;

/** The samples' declarations with one thing changed. */
final class Variations {

    private Variations() {}

    static ConnectorDeclaration sample(String name) {
        return SampleConnectors.declarations().stream()
                .filter(declaration -> declaration.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** One that never answers later. */
    static ConnectorDeclaration answeringAtOnce(ConnectorDeclaration d) {
        return copy(d, d.parameters(), d.backEnd(), d.limits(), d.breaker());
    }

    static ConnectorDeclaration with(ConnectorDeclaration d, BackEndDeclaration backEnd) {
        return copy(d, d.parameters(), backEnd, d.limits(), d.breaker());
    }

    static ConnectorDeclaration withAnswerBytes(ConnectorDeclaration d, int bytes) {
        Limits was = d.limits();
        return withLimits(d, new Limits(was.timeout(), was.concurrent(), was.waiting(), bytes));
    }

    static ConnectorDeclaration withBound(ConnectorDeclaration d, int concurrent, int waiting) {
        Limits was = d.limits();
        return withLimits(d, new Limits(was.timeout(), concurrent, waiting, was.answerBytes()));
    }

    static ConnectorDeclaration withBreaker(ConnectorDeclaration d, int window, Duration open) {
        return copy(d, d.parameters(), d.backEnd(), d.limits(), new Breaker(window, 50, open, 1));
    }

    /** Lets any text through the declared patterns, to see what the protocol itself makes of it. */
    static ConnectorDeclaration withAnyText(ConnectorDeclaration d) {
        Map<String, Pattern> any =
                d.parameters().keySet().stream().collect(Collectors.toMap(k -> k, k -> Pattern.compile("(?s).*")));
        return copy(d, any, d.backEnd(), d.limits(), d.breaker());
    }

    private static ConnectorDeclaration withLimits(ConnectorDeclaration d, Limits limits) {
        return copy(d, d.parameters(), d.backEnd(), limits, d.breaker());
    }

    private static ConnectorDeclaration copy(
            ConnectorDeclaration d,
            Map<String, Pattern> parameters,
            BackEndDeclaration backEnd,
            Limits limits,
            Breaker breaker) {
        return new ConnectorDeclaration(
                d.name(),
                d.file(),
                d.service(),
                d.description(),
                parameters,
                backEnd,
                d.content(),
                limits,
                breaker,
                d.sample());
    }
}
