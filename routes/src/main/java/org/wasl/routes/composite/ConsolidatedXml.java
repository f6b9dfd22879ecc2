package org.wasl.routes.composite;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.routes.composite.CompositeDeclaration.Rule;
import org.wasl.schemas.FaultXml;
import org.wasl.schemas.deferral.DeferralXml;
import org.wasl.schemas.xml.XmlText;
import org.wasl.security.container.Container;
import org.wasl.security.registry.Label;

/** Writes a composite answer as {@code consolidated:answer}, in schema {@code urn:wasl:consolidated:1}. */
final class ConsolidatedXml {

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String CURRENCY = "JOD";
    private static final int MONEY_DIGITS = 3;

    private final StringBuilder xml = new StringBuilder(8_192);

    private ConsolidatedXml() {}

    /** The answer's octets, UTF-8, self-contained. */
    static byte[] write(Composing.Gathered gathered, UUID trackingId, Instant asked, Instant answered) {
        ConsolidatedXml writer = new ConsolidatedXml();
        writer.answer(
                gathered.accepted().declaration(),
                trackingId,
                asked,
                answered,
                gathered.outcomes(),
                gathered.effects());
        return writer.xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void answer(
            CompositeDeclaration declaration,
            UUID trackingId,
            Instant asked,
            Instant answered,
            List<StepOutcome> outcomes,
            Map<String, EffectOutcome> effects) {
        Decision decision = Decision.of(outcomes, effects);
        xml.append("<consolidated:answer xmlns:common=\"urn:wasl:common:1\""
                + " xmlns:consolidated=\"urn:wasl:consolidated:1\">");
        element("service", declaration.service().toString());
        element("trackingId", trackingId.toString());
        element("asked", INSTANT.format(asked));
        element("answered", INSTANT.format(answered));
        element("overall", decision.overall().name());
        element("decisionReady", Boolean.toString(decision.ready()));
        element("decision", decision.verdict().name());
        for (StepOutcome outcome : outcomes) {
            for (Rule rule : outcome.applied()) {
                if (rule.effect() != Effect.DEFERS && outcome.decides()) {
                    open("reason");
                    element("step", outcome.step().id());
                    label(rule.reason());
                    close("reason");
                }
            }
        }
        for (StepOutcome outcome : outcomes) {
            if (decision.missing().contains(outcome.step().id())) {
                open("missing");
                element("step", outcome.step().id());
                element("status", outcome.status().name());
                label(outcome.step().label());
                close("missing");
            }
        }
        decision.dues().ifPresent(this::totalDues);
        outcomes.forEach(outcome ->
                source(outcome, Optional.ofNullable(effects.get(outcome.step().id())), answered));
        xml.append("</consolidated:answer>");
    }

    private void totalDues(BigDecimal dues) {
        xml.append("<consolidated:totalDues currency=\"")
                .append(CURRENCY)
                .append("\">")
                .append(dues.setScale(MONEY_DIGITS, RoundingMode.UNNECESSARY).toPlainString())
                .append("</consolidated:totalDues>");
    }

    private void source(StepOutcome outcome, Optional<EffectOutcome> effect, Instant answered) {
        open("source");
        element("step", outcome.step().id());
        element("service", outcome.step().service().toString());
        element("member", outcome.step().service().member().toString());
        label(outcome.step().label());
        element("required", Boolean.toString(outcome.step().required()));
        element("status", outcome.status().name());
        outcome.asOf().ifPresent(asOf -> {
            element("asOf", INSTANT.format(asOf));
            // A source's clock may run ahead of ours by the tolerated skew: that is no negative age.
            long age = Math.max(0, Duration.between(asOf, answered).toSeconds());
            element("ageSeconds", Long.toString(age));
        });
        outcome.request().ifPresent(request -> binding("request", request));
        outcome.answer().ifPresent(answer -> binding("reply", answer));
        outcome.fault().ifPresent(fault -> xml.append(FaultXml.write(fault)));
        outcome.record().ifPresent(record -> {
            open("record");
            xml.append(new String(record.octets(), StandardCharsets.UTF_8));
            close("record");
        });
        outcome.deferral().ifPresent(deferral -> xml.append(DeferralXml.write(deferral)));
        outcome.earlier().ifPresent(earlier -> binding("earlier", earlier));
        effect.ifPresent(this::effect);
        close("source");
    }

    private void effect(EffectOutcome effect) {
        open("effect");
        element("state", effect.state().name());
        effect.request().ifPresent(request -> binding("undoRequest", request));
        effect.answer().ifPresent(answer -> binding("undoReply", answer));
        effect.fault().ifPresent(fault -> xml.append(FaultXml.write(fault)));
        close("effect");
    }

    private void binding(String name, Container container) {
        open(name);
        element("messageId", container.header().messageId().toString());
        element("headerDigest", container.headerDigest());
        element("payloadDigest", container.payloadDigest());
        close(name);
    }

    private void label(Label label) {
        open("label");
        xml.append("<common:ar>").append(XmlText.text(label.arabic())).append("</common:ar>");
        xml.append("<common:en>").append(XmlText.text(label.english())).append("</common:en>");
        close("label");
    }

    private void element(String name, String text) {
        open(name);
        xml.append(XmlText.text(text));
        close(name);
    }

    private void open(String name) {
        xml.append("<consolidated:").append(name).append('>');
    }

    private void close(String name) {
        xml.append("</consolidated:").append(name).append('>');
    }
}
