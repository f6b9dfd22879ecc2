package org.wasl.node.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.node.edge.audit.LoggedEntries.CLEARANCE;
import static org.wasl.node.edge.audit.LoggedEntries.COMPOSER;
import static org.wasl.node.edge.audit.LoggedEntries.FINES;
import static org.wasl.node.edge.audit.LoggedEntries.WEB;
import static org.wasl.node.edge.audit.LoggedEntries.received;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.node.edge.audit.OpenLog;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.Role;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeRequest;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.routes.composite.LateCompositeListener;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.assertion.Mandate;
import org.wasl.security.registry.Label;

class OwnRequestsTest {

    private static final Instant START = Instant.parse("2026-11-01T08:00:00Z");
    /** Whoever acts in what the fixture appends. */
    private static final String ACTOR = "actor-1";

    private static final String OWN = "9870000001";
    private static final String OTHER = "9870000002";

    @TempDir
    Path directory;

    private OpenLog log;
    private OwnRequests requests;

    @BeforeEach
    void open() throws Exception {
        log = new OpenLog(directory);
        requests = new OwnRequests(log.audited(), new Cancelled(), WEB);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Caller caller(String actor, Mandate... mandates) {
        return new Caller(actor, Set.of(Role.CITIZEN), AssuranceLevel.SUBSTANTIAL, OWN, List.of(mandates), "token");
    }

    private UUID asked(int second, String person) throws Exception {
        UUID id = UUID.randomUUID();
        log.append(received(START.plusSeconds(second), id, id.toString(), WEB, CLEARANCE, "GENERAL_CLEARANCE", person));
        return id;
    }

    @Test
    void page_ofACaller_hasTheirOwnOnly_newestFirst() throws Exception {
        Caller caller = caller(ACTOR);
        asked(0, OWN);
        UUID second = asked(1, OWN);
        asked(2, OTHER);
        log.append(
                received(START.plusSeconds(3), UUID.randomUUID(), "step", COMPOSER, FINES, "GENERAL_CLEARANCE", OWN));

        OwnRequests.Page page = requests.page(caller, Long.MAX_VALUE, 20);

        assertThat(page.next()).isNull();
        assertThat(page.requests()).hasSize(2);
        OwnRequests.Row newest = page.requests().get(0);
        assertThat(newest.trackingId()).isEqualTo(second.toString());
        assertThat(newest.service()).isEqualTo("general-clearance");
        assertThat(newest.state()).isEqualTo("CANCELLED");
        assertThat(newest.asked()).isEqualTo(START.plusSeconds(1));
        assertThat(requests.page(caller("another"), Long.MAX_VALUE, 20).requests())
                .isEmpty();
    }

    @Test
    void page_ofWhomActsForAnother_hasWhatWasAskedForThem() throws Exception {
        asked(0, OWN);
        UUID represented = asked(1, OTHER);

        assertThat(requests.page(caller(ACTOR, new Mandate("party", OTHER)), Long.MAX_VALUE, 20)
                        .requests())
                .extracting(OwnRequests.Row::trackingId)
                .contains(represented.toString())
                .hasSize(2);
    }

    @Test
    void page_ofMoreThanItTakes_goesOnWhereItEnded() throws Exception {
        Caller caller = caller(ACTOR);
        asked(0, OWN);
        for (int i = 1; i < 5; i++) {
            asked(i, OWN);
        }

        OwnRequests.Page first = requests.page(caller, Long.MAX_VALUE, 3);
        OwnRequests.Page second = requests.page(caller, Long.parseLong(first.next()), 3);

        assertThat(first.requests())
                .extracting(OwnRequests.Row::asked)
                .containsExactly(START.plusSeconds(4), START.plusSeconds(3), START.plusSeconds(2));
        assertThat(second.requests()).extracting(OwnRequests.Row::asked).containsExactly(START.plusSeconds(1), START);
        assertThat(second.next()).isNull();
    }

    /** One service, whose every request was cancelled. */
    private static final class Cancelled implements CompositeServices {

        private final CompositeDeclaration clearance = new CompositeDeclaration(
                CLEARANCE,
                new Label("براءة ذمة عامة", "General clearance"),
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                Duration.ofSeconds(10),
                List.of(new CompositeDeclaration.Input(
                        "nationalNumber",
                        new Label("الرقم الوطني", "National number"),
                        true,
                        Pattern.compile("[0-9]{10}"),
                        true)),
                List.of());

        @Override
        public CompletableFuture<CompositeResult> ask(CompositeRequest request) {
            throw new UnsupportedOperationException("nothing is asked here");
        }

        @Override
        public Optional<CompositeResult> track(UUID trackingId) {
            return Optional.of(new CompositeResult.Faulted(
                    new Fault(FaultCode.EXCHANGE_CANCELLED, Stage.COMPOSE, "composer", "Cancelled."),
                    Optional.empty(),
                    Optional.empty()));
        }

        @Override
        public Optional<CompletableFuture<CompositeResult>> cancel(UUID trackingId) {
            return Optional.empty();
        }

        @Override
        public void onLateAnswer(LateCompositeListener listener) {
            // Nothing here answers later.
        }

        @Override
        public Collection<CompositeDeclaration> declarations() {
            return List.of(clearance);
        }

        @Override
        public Optional<CompositeDeclaration> declaration(String service) {
            return Optional.of(clearance).filter(one -> one.service().code().equals(service));
        }
    }
}
