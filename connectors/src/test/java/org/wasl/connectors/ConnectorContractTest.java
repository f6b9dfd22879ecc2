package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.connectors.backend.Secrets;
import org.wasl.connectors.backend.Step;
import org.wasl.connectors.check.CheckReport;
import org.wasl.connectors.check.CheckedStep;
import org.wasl.connectors.check.ConnectorCheck;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

/** What every connector owes, whatever its protocol; each runs it against its real back-end. */
abstract class ConnectorContractTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final List<String> HOSTILE = List.of(
            "' OR '1'='1",
            "1' UNION SELECT * FROM INFORMATION_SCHEMA.USERS --",
            "9990045842; SHUTDOWN",
            "..",
            "../../etc/passwd",
            "..%2f..%2fetc",
            "9990045842/vehicles",
            "9990045842?x=1#",
            "</nationalNumber><nationalNumber>9990045842",
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
            "=HYPERLINK(\"http://x\")",
            "\u0000",
            "9990045842\r\nX-Injected: 1",
            "");

    private final List<SampleConnectors> opened = new ArrayList<>();

    /** The declaration under test, against the running agency. */
    abstract ConnectorDeclaration declaration();

    /** The agency's server. */
    abstract AgencyServer server();

    /** Parameters whose record is there. */
    abstract Map<String, String> there();

    /** Parameters of the right form whose record is not there. */
    abstract Map<String, String> notThere();

    /** The parameter that an attacker would fill. */
    abstract String attacked();

    /** The same connector, led to a back-end or a part of it that answers what cannot be read. */
    abstract ConnectorDeclaration garbage();

    @AfterEach
    void restore() throws IOException {
        server().delay(Duration.ZERO);
        if (!server().running()) {
            server().start(server().port());
        }
        opened.forEach(SampleConnectors::close);
    }

    final SampleConnectors open(ConnectorDeclaration declaration) {
        return open(declaration, RunningAgencies::secret);
    }

    final SampleConnectors open(ConnectorDeclaration declaration, Secrets secrets) {
        SampleConnectors connectors = new SampleConnectors(List.of(declaration), secrets);
        opened.add(connectors);
        return connectors;
    }

    final ConnectorResult ask(SampleConnectors connectors, Map<String, String> parameters, Duration patience) {
        return connectors.ask(declaration().service().toString(), parameters, patience);
    }

    final Fault fault(ConnectorResult result) {
        assertThat(result).isInstanceOf(ConnectorResult.Failed.class);
        return ((ConnectorResult.Failed) result).fault();
    }

    @Test
    void fetch_whenTheRecordIsThere_isFoundAndValid() {
        ConnectorResult result = ask(open(declaration()), there(), PATIENCE);
        assertThat(result).isInstanceOf(ConnectorResult.Found.class);
        ConnectorResult.Found found = (ConnectorResult.Found) result;
        assertThat(SchemaCatalogue.load().validate(found.record())).isInstanceOf(SchemaVerdict.Valid.class);
        assertThat(found.asOf()).isBeforeOrEqualTo(Clock.systemUTC().instant());
    }

    @Test
    void fetch_whenTheRecordIsNotThere_isNotFound() {
        assertThat(ask(open(declaration()), notThere(), PATIENCE)).isInstanceOf(ConnectorResult.NotFound.class);
    }

    @Test
    void fetch_whenTheBackEndIsDown_isUnavailableAndRecovers() throws IOException {
        SampleConnectors connectors = open(declaration());
        ask(connectors, there(), PATIENCE);
        server().stop();
        assertThat(fault(ask(connectors, there(), PATIENCE)).code()).isEqualTo(FaultCode.BACKEND_UNAVAILABLE);
        server().start(server().port());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ask(connectors, there(), PATIENCE) instanceof ConnectorResult.Found);
    }

    @Test
    void fetch_whenTheBackEndIsSlow_isTimedOutWithinTheDeadline() {
        SampleConnectors connectors = open(declaration());
        ask(connectors, there(), PATIENCE);
        server().delay(SLOW);
        long start = System.nanoTime();
        Fault fault = fault(ask(connectors, there(), Duration.ofMillis(600)));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
    }

    @Test
    void fetch_whenTheDeadlineIsPast_asksNobody() {
        long reads = server().reads().total();
        Fault fault = fault(ask(open(declaration()), there(), Duration.ofMillis(-1)));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_TIMED_OUT);
        assertThat(server().reads().total()).isEqualTo(reads);
    }

    @Test
    void fetch_whenTheAnswerIsGarbage_isMalformed() {
        Fault fault = fault(ask(open(garbage()), there(), PATIENCE));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_MALFORMED);
    }

    @Test
    void fetch_whenTheAnswerIsTooLarge_isOversized() {
        ConnectorDeclaration narrow = Variations.withAnswerBytes(declaration(), 60);
        Fault fault = fault(ask(open(narrow), there(), PATIENCE));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_OVERSIZED);
    }

    @Test
    void fetch_whenAParameterIsHostile_isRefusedBeforeTheBackEnd() {
        SampleConnectors connectors = open(declaration());
        long reads = server().reads().total();
        for (String hostile : HOSTILE) {
            Fault fault = fault(ask(connectors, attack(hostile), PATIENCE));
            assertThat(fault.code()).as(hostile).isEqualTo(FaultCode.REQUEST_PARAMETER);
            assertThat(fault.detail()).doesNotContain("9990045842");
        }
        assertThat(server().reads().total()).isEqualTo(reads);
    }

    @Test
    void fetch_whenThePatternLetsHostileTextThrough_itNeverBecomesSyntax() {
        SampleConnectors connectors = open(Variations.withAnyText(declaration()));
        for (String hostile : HOSTILE) {
            ConnectorResult result = ask(connectors, attack(hostile), PATIENCE);
            assertThat(result).as(hostile).isNotInstanceOf(ConnectorResult.Found.class);
            if (result instanceof ConnectorResult.Failed failed) {
                assertThat(failed.fault().code())
                        .as(hostile + ": " + failed.fault().detail())
                        .isIn(FaultCode.REQUEST_PARAMETER, FaultCode.BACKEND_REFUSED, FaultCode.BACKEND_MALFORMED);
            }
        }
    }

    @Test
    void fetch_whenAParameterIsMissingOrForeign_isRefused() {
        SampleConnectors connectors = open(declaration());
        assertThat(fault(ask(connectors, Map.of(), PATIENCE)).code()).isEqualTo(FaultCode.REQUEST_PARAMETER);
        Map<String, String> more = new HashMap<>(there());
        more.put("other", "1");
        assertThat(fault(ask(connectors, more, PATIENCE)).code()).isEqualTo(FaultCode.REQUEST_PARAMETER);
    }

    @Test
    void fetch_whenMoreAskThanTheBoundAllows_someAreBusyAndNoneIsLost() throws Exception {
        SampleConnectors connectors = open(Variations.withBound(declaration(), 1, 1));
        ask(connectors, there(), PATIENCE);
        server().delay(Duration.ofMillis(400));
        ExecutorService askers = Executors.newFixedThreadPool(8);
        List<Future<ConnectorResult>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(askers.submit(() -> ask(connectors, there(), PATIENCE)));
        }
        int found = 0;
        int busy = 0;
        for (Future<ConnectorResult> one : asked) {
            ConnectorResult result = one.get();
            found += result instanceof ConnectorResult.Found ? 1 : 0;
            busy += result instanceof ConnectorResult.Failed failed
                            && failed.fault().code() == FaultCode.BACKEND_BUSY
                    ? 1
                    : 0;
        }
        askers.shutdownNow();
        assertThat(found).isPositive();
        assertThat(busy).isPositive();
        assertThat(found + busy).isEqualTo(8);
    }

    @Test
    void fetch_whenTheBackEndFailsRepeatedly_theBreakerOpensAndClosesAgain() throws IOException {
        SampleConnectors connectors = open(Variations.withBreaker(declaration(), 2, Duration.ofMillis(500)));
        server().stop();
        ask(connectors, there(), PATIENCE);
        ask(connectors, there(), PATIENCE);
        long start = System.nanoTime();
        Fault refused = fault(ask(connectors, there(), PATIENCE));
        assertThat(refused.code()).isEqualTo(FaultCode.BACKEND_UNAVAILABLE);
        assertThat(refused.detail()).contains("circuit breaker");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(250));
        server().start(server().port());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ask(connectors, there(), PATIENCE) instanceof ConnectorResult.Found);
    }

    @Test
    void fetch_whenTheSecretIsWrong_isRefused() {
        Fault fault = fault(ask(open(declaration(), name -> Optional.of("wrong")), there(), PATIENCE));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_REFUSED);
        assertThat(fault.detail()).doesNotContain("wrong");
        awaitGoodLogin();
    }

    @Test
    void check_whenAllIsWell_everyStepPasses() {
        SampleConnectors connectors = open(declaration());
        CheckReport report = check(connectors);
        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.found()).isTrue();
        assertThat(report.steps())
                .extracting(CheckedStep::step)
                .containsExactly(Step.CONNECT, Step.AUTHENTICATE, Step.FETCH, Step.MAP, Step.VALIDATE);
    }

    @Test
    void check_whenTheBackEndIsDown_saysThatConnectingFailed() {
        SampleConnectors connectors = open(declaration());
        server().stop();
        CheckReport report = check(connectors);
        assertThat(report.passed()).isFalse();
        CheckedStep failed = report.steps().get(0);
        assertThat(failed.step()).isEqualTo(Step.CONNECT);
        assertThat(failed.code()).isEqualTo(FaultCode.BACKEND_UNAVAILABLE.wireCode());
    }

    @Test
    void check_whenTheSecretIsWrong_saysThatAuthenticatingFailed() {
        CheckReport report = check(open(declaration(), name -> Optional.of("wrong")));
        assertThat(report.steps())
                .filteredOn(step -> step.verdict() == CheckedStep.Verdict.FAILED)
                .singleElement()
                .satisfies(step -> assertThat(step.step()).isEqualTo(Step.AUTHENTICATE));
        awaitGoodLogin();
    }

    /** Some servers make everybody wait after a wrong password. */
    private void awaitGoodLogin() {
        SampleConnectors good = open(declaration());
        Awaitility.await().atMost(PATIENCE).until(() -> ask(good, there(), PATIENCE) instanceof ConnectorResult.Found);
    }

    private CheckReport check(SampleConnectors connectors) {
        return new ConnectorCheck(Clock.systemUTC())
                .run(connectors.connectors().named(declaration().name()).orElseThrow(), Map.of());
    }

    private Map<String, String> attack(String hostile) {
        Map<String, String> parameters = new HashMap<>(there());
        parameters.put(attacked(), hostile);
        return parameters;
    }
}
