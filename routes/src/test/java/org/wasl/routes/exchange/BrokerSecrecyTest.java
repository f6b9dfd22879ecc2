package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.connectors.ConnectorResult;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.Queues;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.PayloadContent;

/**
 * What the broker keeps on disk: requests that wait, in memory's journal and in pages, replies that wait, large ones among
 * them, dead letters, and what is left of messages that were delivered. Searched once for a confidential service and once
 * for one that is not: the second time everything must be found, or the search would prove nothing.
 */
class BrokerSecrecyTest {

    private static final String NUMBER = "9997776543";
    private static final String GIVEN_NAME = "شهرزادالمعلومة";
    private static final String FAMILY_NAME = "Zenobia-Palmyrene";
    private static final String CASE_TEXT = "Hearing of the sealed matter of Qasr Amra";
    private static final List<String> VALUES = List.of(NUMBER, GIVEN_NAME, FAMILY_NAME, CASE_TEXT);
    private static final int REQUESTS = 60;
    /** Beyond what the broker keeps in its journal: such messages are files of their own. */
    private static final int LARGE = 150_000;

    @TempDir
    Path directory;

    @Test
    void brokerFiles_whenTheServiceIsConfidential_holdNothingOfQueryOrRecord() throws Exception {
        List<String> found = exchangeAndSearch(true);

        assertThat(found).isEmpty();
    }

    @Test
    void brokerFiles_whenTheServiceIsNotConfidential_holdQueryAndRecordInPlain() throws Exception {
        List<String> found = exchangeAndSearch(false);

        assertThat(found)
                .contains(
                        "paging: " + NUMBER + " (UTF-8)",
                        "large: " + GIVEN_NAME + " (UTF-8)",
                        "large: " + FAMILY_NAME + " (UTF-8)",
                        "large: " + CASE_TEXT + " (UTF-8)");
    }

    @Test
    void find_whenAFileHoldsAValueInAnyForm_findsIt() throws IOException {
        Path file = Files.createDirectories(directory.resolve("any")).resolve("file");
        for (int offset = 0; offset < 3; offset++) {
            String around = "x".repeat(offset) + GIVEN_NAME + "y";
            Files.writeString(file, Base64.getEncoder().encodeToString(around.getBytes(StandardCharsets.UTF_8)));
            assertThat(new BrokerFiles(directory).find(VALUES))
                    .singleElement()
                    .asString()
                    .contains("Base64 of UTF-8");
        }
        Files.write(file, ("\n" + NUMBER).getBytes(StandardCharsets.UTF_16LE));
        assertThat(new BrokerFiles(directory).find(VALUES)).contains("any: " + NUMBER + " (UTF-16LE)");
    }

    private List<String> exchangeAndSearch(boolean confidential) throws Exception {
        Path brokerDirectory = directory.resolve("broker");
        BrokerSettings small = BrokerSettings.at(brokerDirectory)
                .withRedelivery(2, Duration.ofMillis(50))
                .withAddressBounds(64 * 1024, 256L * 1024 * 1024);
        BrokerFiles files = new BrokerFiles(brokerDirectory);
        List<String> found = new ArrayList<>();
        try (TestNode node = new TestNode(directory, ExchangeSettings.of(TestFederation.NODE), small)) {
            node.federation.confidential(confidential);
            node.federation.agreements(List.of(
                    TestFederation.agreement(TestFederation.WEB, TestFederation.LIFE_STATUS, List.of("person"))));

            found.addAll(whileRequestsWait(node, files));
            found.addAll(whileRepliesWait(node, files, 0));
            found.addAll(whileRepliesWait(node, files, LARGE));
            node.connector.bug(Integer.MAX_VALUE);
            assertThat(node.askFault(request())).isEqualTo(FaultCode.INTERNAL);
            found.addAll(files.find(VALUES));
        }
        found.addAll(files.find(VALUES));
        return found;
    }

    private static List<String> whileRequestsWait(TestNode node, BrokerFiles files) throws Exception {
        node.connector.answer(found(0));
        node.connector.close();
        List<CompletableFuture<ExchangeResult>> results = submit(node, REQUESTS);
        String queue = Queues.request(TestFederation.REGISTRY);
        await().atMost(TestNode.PATIENCE).until(() -> node.broker.depth(queue) == REQUESTS);
        List<String> found = files.find(VALUES);
        node.connector.open();
        assertAnswered(node, results);
        return found;
    }

    /** @param padding how many blanks the record holds besides */
    private static List<String> whileRepliesWait(TestNode node, BrokerFiles files, int padding) throws Exception {
        String route = "exchange.receive-intake." + TestFederation.PORTAL.dotted();
        String queue = Queues.reply(TestFederation.PORTAL, TestFederation.NODE);
        node.connector.answer(found(padding));
        node.camel().getRouteController().stopRoute(route);
        List<CompletableFuture<ExchangeResult>> results = submit(node, 3);
        await().atMost(TestNode.PATIENCE).until(() -> node.broker.depth(queue) == 3);
        List<String> found = files.find(VALUES);
        node.camel().getRouteController().startRoute(route);
        assertAnswered(node, results);
        return found;
    }

    private static List<CompletableFuture<ExchangeResult>> submit(TestNode node, int count) {
        List<CompletableFuture<ExchangeResult>> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(node.exchange().client().submit(request()));
        }
        return results;
    }

    private static ExchangeRequest request() {
        return TestNode.request(UUID.randomUUID(), TestFederation.LIFE_STATUS, NUMBER, Duration.ofMinutes(2));
    }

    /** Whoever asked reads all of it, whatever the broker could. */
    private static void assertAnswered(TestNode node, List<CompletableFuture<ExchangeResult>> results) {
        for (CompletableFuture<ExchangeResult> result : results) {
            ExchangeResult.Answered answered = (ExchangeResult.Answered)
                    result.orTimeout(60, TimeUnit.SECONDS).join();
            PayloadContent.Record record =
                    (PayloadContent.Record) node.payloads().read(answered.reply());
            assertThat(new String(record.octets(), StandardCharsets.UTF_8))
                    .contains(NUMBER, GIVEN_NAME, FAMILY_NAME, CASE_TEXT);
        }
    }

    private static ConnectorResult found(int padding) {
        String name = "<civil:name script=\"Arab\"><common:givenName>" + GIVEN_NAME + "</common:givenName>"
                + "<common:familyName>" + FAMILY_NAME + "</common:familyName></civil:name>";
        String record =
                "<civil:person xmlns:common=\"urn:wasl:common:1\" xmlns:civil=\"urn:wasl:civil:1\" synthetic=\"true\">"
                        + "<civil:identifier scheme=\"JO-NAT\" issuingCountry=\"JO\">" + NUMBER + "</civil:identifier>"
                        + name
                        + " ".repeat(padding)
                        + "<civil:sex>FEMALE</civil:sex><civil:birth><civil:date precision=\"DAY\">"
                        + "<common:gregorian>1990-01-01</common:gregorian></civil:date></civil:birth>"
                        + "<civil:status>ALIVE</civil:status>"
                        + "<civil:address use=\"RESIDENCE\"><common:street>" + CASE_TEXT
                        + "</common:street></civil:address>"
                        + "</civil:person>";
        return new ConnectorResult.Found(record.getBytes(StandardCharsets.UTF_8), Instant.now(), true);
    }
}
