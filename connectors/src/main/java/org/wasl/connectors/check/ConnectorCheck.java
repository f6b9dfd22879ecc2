package org.wasl.connectors.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.backend.Step;
import org.wasl.connectors.check.CheckedStep.Verdict;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.mapping.Mapped;
import org.wasl.connectors.policy.Refusal;
import org.wasl.connectors.template.CamelConnector;
import org.wasl.connectors.template.CamelConnector.Outcome;
import org.wasl.schemas.fault.FaultCode;

/** Runs one connector against its back-end and says what is wrong with which field. */
public final class ConnectorCheck {

    private final Clock clock;

    public ConnectorCheck(Clock clock) {
        this.clock = clock;
    }

    /** Checks a connector; one that changes something is only connected to. */
    public CheckReport run(CamelConnector connector, Map<String, String> parameters) {
        return run(connector, parameters, false);
    }

    /**
     * Checks a connector, step by step, by the very route that answers requests.
     *
     * @param connector the connector
     * @param parameters what to ask for; when empty, the declaration's own sample
     * @param mayChange whether a connector that changes something is to do so, twice under one message id; it is
     *     only connected to otherwise
     */
    public CheckReport run(CamelConnector connector, Map<String, String> parameters, boolean mayChange) {
        ConnectorDeclaration declaration = connector.declaration();
        List<CheckedStep> steps = new ArrayList<>();
        long start = System.nanoTime();
        try {
            connector.backEnd().connect();
        } catch (BackEndFailure e) {
            Refusal refusal = new Refusal(e.code(), e.step(), e.detail(), e.path());
            failed(steps, refusal, 0, millis(start, System.nanoTime()));
            return report(declaration, steps, false, false);
        }
        steps.add(passed(Step.CONNECT, millis(start, System.nanoTime()), ""));
        boolean changes = declaration.effect().changes();
        if (changes && !mayChange) {
            List.of(Step.AUTHENTICATE, Step.FETCH, Step.MAP, Step.VALIDATE, Step.REPEAT)
                    .forEach(step -> steps.add(skipped(step, "it would change something, and was not told to")));
            return report(declaration, steps, false, false);
        }
        Map<String, String> asked = parameters.isEmpty() ? declaration.sample() : parameters;
        ConnectorQuery query = new ConnectorQuery(
                UUID.randomUUID().toString(),
                declaration.service(),
                asked,
                clock.instant().plus(declaration.limits().timeout()));
        long asking = System.nanoTime();
        Outcome outcome = connector.run(query);
        long ended = System.nanoTime();
        if (outcome instanceof Outcome.Refused refused) {
            failed(steps, refused.refusal(), 1, millis(asking, ended));
            return report(declaration, steps, false, false);
        }
        Mapped mapped = ((Outcome.Answered) outcome).mapped();
        steps.add(passed(Step.AUTHENTICATE, 0, ""));
        steps.add(passed(Step.FETCH, millis(asking, mapped.receivedNanos()), ""));
        steps.add(passed(Step.MAP, millis(mapped.receivedNanos(), mapped.mappedNanos()), ""));
        if (mapped.result() instanceof ConnectorResult.Found found) {
            steps.add(passed(Step.VALIDATE, millis(mapped.mappedNanos(), ended), ""));
            if (changes) {
                steps.add(repeated(connector, query, found));
            }
            return report(declaration, steps, true, found.coverageComplete());
        }
        if (mapped.result() instanceof ConnectorResult.Document document) {
            steps.add(validated(document, millis(mapped.mappedNanos(), ended)));
            return report(declaration, steps, true, true);
        }
        steps.add(skipped(
                Step.VALIDATE,
                mapped.result() instanceof ConnectorResult.Deferred
                        ? "the back-end has the record later"
                        : "the back-end has no such record"));
        return report(declaration, steps, false, false);
    }

    /** What a node does that was killed before it could log the answer: it asks again, under the same message id. */
    private static CheckedStep repeated(CamelConnector connector, ConnectorQuery query, ConnectorResult.Found first) {
        long asking = System.nanoTime();
        Outcome outcome = connector.run(query);
        long millis = millis(asking, System.nanoTime());
        if (outcome instanceof Outcome.Refused refused) {
            Refusal refusal = refused.refusal();
            return new CheckedStep(
                    Step.REPEAT,
                    Verdict.FAILED,
                    millis,
                    refusal.code().wireCode(),
                    "the same request again is refused: " + refusal.detail(),
                    refusal.path());
        }
        boolean same = ((Outcome.Answered) outcome).mapped().result() instanceof ConnectorResult.Found second
                && Arrays.equals(first.record(), second.record());
        return same
                ? passed(Step.REPEAT, millis, "the same request again has the same record")
                : new CheckedStep(
                        Step.REPEAT,
                        Verdict.FAILED,
                        millis,
                        FaultCode.RECORD_CONFLICT.wireCode(),
                        "the same request again has another record: it changed something twice",
                        "");
    }

    /** The very octets that would be signed are counted. */
    private static CheckedStep validated(ConnectorResult.Document document, long millis) {
        try (ConnectorResult.DocumentSource source = document.source();
                InputStream octets = source.open()) {
            long count = octets.transferTo(OutputStream.nullOutputStream());
            return passed(Step.VALIDATE, millis, document.mediaType() + ", " + count + " octets");
        } catch (IOException e) {
            return new CheckedStep(
                    Step.VALIDATE,
                    Verdict.FAILED,
                    millis,
                    FaultCode.DOCUMENT_NO_SPACE.wireCode(),
                    "the spool of documents cannot be read",
                    "");
        }
    }

    /** The steps before the failing one passed, in the time of the whole; those after it were never reached. */
    private static void failed(List<CheckedStep> steps, Refusal refusal, int from, long millis) {
        for (Step step : List.of(Step.values()).subList(from, Step.REPEAT.ordinal())) {
            if (step.compareTo(refusal.step()) < 0) {
                steps.add(passed(step, 0, ""));
            } else if (step == refusal.step()) {
                steps.add(new CheckedStep(
                        step, Verdict.FAILED, millis, refusal.code().wireCode(), refusal.detail(), refusal.path()));
            } else {
                steps.add(skipped(step, ""));
            }
        }
        if (refusal.step().ordinal() < from) {
            // The connection that stood a moment ago broke, or the circuit breaker is open.
            steps.set(
                    refusal.step().ordinal(),
                    new CheckedStep(
                            refusal.step(),
                            Verdict.FAILED,
                            millis,
                            refusal.code().wireCode(),
                            refusal.detail(),
                            refusal.path()));
        }
    }

    private static CheckedStep passed(Step step, long millis, String reason) {
        return new CheckedStep(step, Verdict.PASSED, millis, "", reason, "");
    }

    private static CheckedStep skipped(Step step, String reason) {
        return new CheckedStep(step, Verdict.SKIPPED, 0, "", reason, "");
    }

    private static long millis(long fromNanos, long toNanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(toNanos - fromNanos));
    }

    private static CheckReport report(
            ConnectorDeclaration declaration, List<CheckedStep> steps, boolean found, boolean complete) {
        return new CheckReport(
                declaration.name(),
                declaration.service().toString(),
                declaration.backEnd().protocol(),
                declaration.file(),
                steps.stream().noneMatch(step -> step.verdict() == Verdict.FAILED),
                found,
                complete,
                steps);
    }
}
