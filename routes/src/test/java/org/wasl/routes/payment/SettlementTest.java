package org.wasl.routes.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.payment.PaymentRules.Partial;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.registry.Label;

/**
 * Settlement in a world where everything fails at times: questions are lost, answers are lost, everything comes twice and
 * the node stops between any two lines of its log. The rules under test are those that decide what is done next.
 */
class SettlementTest {

    private static final Instant ISSUED = Instant.parse("2026-01-20T08:00:00Z");
    private static final UUID REQUEST = UUID.fromString("019aa5c0-1111-8222-8333-444444444444");
    private static final ServiceId SETTLE = ServiceId.parse("JO/GOV/DVLD/fines/settle/v1");

    private static PaymentOrder order(Random random, int items) {
        List<OrderItem> list = new ArrayList<>();
        for (int i = 1; i <= items; i++) {
            list.add(new OrderItem(
                    Integer.toString(i),
                    OrderItem.Kind.DUE,
                    SETTLE,
                    "step",
                    null,
                    new Label("مخالفة", "Fine"),
                    new Fils(1 + random.nextInt(90_000)),
                    null,
                    Map.of()));
        }
        return new PaymentOrder(
                "104729318460052731",
                REQUEST,
                new InReplyTo(REQUEST, "0".repeat(64), "0".repeat(64)),
                ISSUED,
                ISSUED.plusSeconds(3_600),
                "JOD",
                false,
                List.of("BANK"),
                list);
    }

    /** What agencies and the gateway hold, and the log: all that survives a stop. */
    private static final class World {

        private final Random random;
        private final PaymentOrder order;
        private final Partial partial;
        private final List<Payment> taken = new ArrayList<>();
        private final Map<UUID, Boolean> settledById = new HashMap<>();
        private final Map<String, Integer> settledTimes = new HashMap<>();
        private final Map<UUID, Fils> givenBack = new HashMap<>();
        private final Map<String, Integer> answered = new HashMap<>();
        private final List<Fact> log = new ArrayList<>();
        private Instant now = ISSUED;

        World(Random random, PaymentOrder order, Partial partial) {
            this.random = random;
            this.order = order;
            this.partial = partial;
        }

        private record Fact(
                Errand errand,
                int attempt,
                Instant at,
                @Nullable Object record) {}

        OrderAccount account() {
            OrderAccount.Facts facts = new OrderAccount.Facts(REQUEST, order, partial);
            for (Fact fact : log) {
                facts.tried(fact.errand(), fact.attempt(), fact.at());
                Object record = fact.record();
                if (record == null) {
                    continue;
                }
                if (fact.errand() instanceof Errand.Present) {
                    facts.presented();
                } else if (fact.errand() instanceof Errand.AskReceipt) {
                    @SuppressWarnings("unchecked") // it is what receipt() below returns
                    List<Payment> payments = (List<Payment>) record;
                    facts.receipt(payments, fact.at());
                } else if (fact.errand() instanceof Errand.Settle settle) {
                    facts.settlement(settle.item(), (OrderAccount.Answer) record);
                } else if (fact.errand() instanceof Errand.Reverse reverse) {
                    facts.reversal(reverse.target());
                }
            }
            return facts.account();
        }

        /** One attempt, in which anything may be lost; the other side keeps what it did by its own id. */
        void attempt(OrderAccount account, Errand errand) {
            now = now.plusSeconds(1);
            int attempt = account.attempt(errand);
            int fate = random.nextInt(10);
            if (fate == 0) {
                return; // stopped before anything was sent
            }
            if (fate == 1) {
                log.add(new Fact(errand, attempt, now, null)); // never arrived: a fault of our own
                return;
            }
            Object record = serve(account, errand);
            if (fate == 2) {
                serve(account, errand); // it came twice
            }
            if (fate == 3) {
                log.add(new Fact(errand, attempt, now, null)); // the answer was lost
                return;
            }
            if (fate == 4) {
                return; // stopped before the answer was logged
            }
            log.add(new Fact(errand, attempt, now, record));
            answered.merge(errand.key(), 1, Integer::sum);
        }

        private Object serve(OrderAccount account, Errand errand) {
            if (errand instanceof Errand.Settle settle) {
                UUID id = Errand.Settle.id(REQUEST, settle.item());
                boolean settled = settledById.computeIfAbsent(id, first -> {
                    boolean takes = settle.item().hashCode() % 3 != 0;
                    settledTimes.merge(settle.item(), takes ? 1 : 0, Integer::sum);
                    return takes;
                });
                return new OrderAccount.Answer(settled, settled ? null : "ALREADY_PAID");
            }
            if (errand instanceof Errand.Reverse reverse) {
                return givenBack.computeIfAbsent(
                        Errand.Reverse.id(REQUEST, reverse.target()), first -> account.amount(reverse));
            }
            return List.copyOf(taken);
        }
    }

    @Property(tries = 500)
    void settlement_whateverIsLostOrDoubled_happensOnceAndBalancesAlways(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 8) int items, @ForAll Partial partial) {
        PaymentOrder order = order(random, items);
        World world = new World(random, order, partial);
        Fils total = order.total();
        Fils paid =
                switch (random.nextInt(4)) {
                    case 0 -> new Fils(1 + random.nextInt((int) total.thousandths()));
                    case 1 -> total.plus(new Fils(1));
                    default -> total;
                };
        world.taken.add(new Payment("E-1", paid, "BANK", ISSUED));
        if (random.nextInt(4) == 0) {
            world.taken.add(new Payment("E-2", total, "BANK", ISSUED));
        }

        for (int turn = 0; turn < 2_000; turn++) {
            OrderAccount account = world.account();
            balances(account);
            List<Errand> remaining = account.remaining(world.now);
            if (remaining.isEmpty()) {
                break;
            }
            world.attempt(account, remaining.get(random.nextInt(remaining.size())));
        }

        OrderAccount account = world.account();
        assertThat(account.remaining(world.now)).isEmpty();
        assertThat(account.open()).isEqualTo(Fils.ZERO);
        assertThat(account.paid())
                .isEqualTo(Fils.sum(world.taken.stream().map(Payment::amount).toList()));
        assertThat(world.settledTimes.values()).allMatch(times -> times <= 1);
        assertThat(Fils.sum(world.givenBack.values())).isEqualTo(account.reversed());
        assertThat(account.state()).isIn(PaymentState.SETTLED, PaymentState.REVERSED);
    }

    private static void balances(OrderAccount account) {
        assertThat(account.settled().plus(account.open()).plus(account.reversed()))
                .isEqualTo(account.paid());
    }
}
