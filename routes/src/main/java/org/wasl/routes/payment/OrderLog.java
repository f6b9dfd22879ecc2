package org.wasl.routes.payment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;

/** Reads from the log how orders stand: every message of an order has its number as correlation id, which the log is indexed by. */
final class OrderLog {

    private static final int PAGE = 256;

    /** Far more than an order's attempts may come to. */
    private static final int MOST = 100_000;

    private final MessageLog log;
    private final AsicContainerVerifier opener;
    private final PayloadXml payloads;
    private final PaymentRules rules;

    OrderLog(MessageLog log, AsicContainerVerifier opener, PayloadXml payloads, PaymentRules rules) {
        this.log = log;
        this.opener = opener;
        this.payloads = payloads;
        this.rules = rules;
    }

    /** The subsystem that composes orders and does their errands. */
    private SubsystemId composer() {
        return rules.service().subsystem();
    }

    /**
     * An order's own messages.
     *
     * @param request that asked for it
     * @param interim the order, signed; null while there is none
     * @param end the statement or the fault that ended it; null while it is open
     * @param account how it stands; null while there is no order
     */
    record Found(
            StoredMessage request,
            @Nullable Container interim,
            @Nullable StoredMessage end,
            @Nullable OrderAccount account) {}

    /** The order of this number; empty when there is none. */
    Optional<Found> find(String number) {
        List<StoredMessage> messages = messages(number);
        return messages.stream()
                .filter(stored -> stored.direction() == Direction.RECEIVED
                        && stored.kind() == MessageKind.REQUEST
                        && stored.service().equals(rules.service()))
                .findFirst()
                .map(request -> found(request, messages));
    }

    private Found found(StoredMessage request, List<StoredMessage> messages) {
        Map<UUID, StoredMessage> sent = new HashMap<>();
        Map<UUID, StoredMessage> answers = new HashMap<>();
        Container interim = null;
        StoredMessage end = null;
        for (StoredMessage stored : messages) {
            UUID about = stored.inReplyTo();
            boolean ends = stored.kind() == MessageKind.REPLY || stored.kind() == MessageKind.FAULT;
            if (stored.kind() == MessageKind.REQUEST && stored.direction() == Direction.SENT) {
                sent.put(stored.messageId(), stored);
            } else if (request.messageId().equals(about) && stored.direction() == Direction.SENT) {
                interim = stored.kind() == MessageKind.INTERIM ? open(stored).orElse(null) : interim;
                end = ends && end == null ? stored : end;
            } else if (about != null && ends) {
                answers.putIfAbsent(about, stored);
            }
        }
        OrderAccount.Ending ending = ending(end);
        OrderAccount account = interim == null
                ? null
                : order(interim)
                        .map(order -> account(request.messageId(), order, sent, answers, ending))
                        .orElse(null);
        return new Found(request, interim, end, account);
    }

    private static OrderAccount.Ending ending(@Nullable StoredMessage end) {
        if (end == null) {
            return OrderAccount.Ending.OPEN;
        }
        return end.kind() == MessageKind.REPLY ? OrderAccount.Ending.STATEMENT : OrderAccount.Ending.FAULT;
    }

    private List<StoredMessage> messages(String number) {
        List<StoredMessage> all = new ArrayList<>();
        long from = 0;
        List<StoredMessage> page = log.correlated(number, from, PAGE);
        while (!page.isEmpty() && all.size() < MOST) {
            for (StoredMessage stored : page) {
                from = stored.index() + 1;
                // One log may hold what other members of this node sent and received of the same exchange.
                if (stored.member().equals(composer().member()) && stored.direction() != Direction.REFUSED) {
                    all.add(stored);
                }
            }
            page = log.correlated(number, from, PAGE);
        }
        return all;
    }

    private OrderAccount account(
            UUID request,
            PaymentOrder order,
            Map<UUID, StoredMessage> sent,
            Map<UUID, StoredMessage> answers,
            OrderAccount.Ending ending) {
        OrderAccount.Facts facts = new OrderAccount.Facts(request, order, rules.partial());
        Attempts attempts = new Attempts(request, sent, answers, facts);
        attempts.read(new Errand.Present(), record -> facts.presented());
        attempts.receipts();
        for (OrderItem item : order.items()) {
            attempts.read(new Errand.Settle(item.id()), record -> settlement(record)
                    .ifPresent(answer -> facts.settlement(item.id(), answer)));
            attempts.reversal(new Errand.Reverse(item.id()));
        }
        facts.account().unwanted().forEach(payment -> attempts.reversal(Errand.Reverse.ofPayment(payment.reference())));
        facts.ended(ending);
        return facts.account();
    }

    private static Optional<OrderAccount.Answer> settlement(Element record) {
        return PaymentXml.text(record, "outcome")
                .map(outcome -> new OrderAccount.Answer(
                        outcome.equals("SETTLED"),
                        PaymentXml.text(record, "reason").orElse(null)));
    }

    /** Reads what came of each errand's attempts, one after the other. */
    private final class Attempts {

        private final UUID request;
        private final Map<UUID, StoredMessage> sent;
        private final Map<UUID, StoredMessage> answers;
        private final OrderAccount.Facts facts;

        Attempts(
                UUID request,
                Map<UUID, StoredMessage> sent,
                Map<UUID, StoredMessage> answers,
                OrderAccount.Facts facts) {
            this.request = request;
            this.sent = sent;
            this.answers = answers;
            this.facts = facts;
        }

        private interface Reader {
            void record(Element record);
        }

        void read(Errand errand, Reader reader) {
            each(errand, (question, answer) -> {
                if (answer.kind() == MessageKind.REPLY) {
                    record(answer).ifPresent(reader::record);
                } else if (errand instanceof Errand.Settle settle
                        && FaultCode.RECORD_NOT_FOUND.wireCode().equals(answer.faultCode())) {
                    facts.settlement(settle.item(), new OrderAccount.Answer(false, "NO_SUCH_DUE"));
                }
            });
        }

        void receipts() {
            each(new Errand.AskReceipt(), (question, answer) -> {
                if (answer.kind() == MessageKind.REPLY) {
                    record(answer).ifPresent(record -> facts.receipt(PaymentXml.payments(record), question.at()));
                }
            });
        }

        void reversal(Errand.Reverse reverse) {
            read(reverse, record -> facts.reversal(reverse.target()));
        }

        private interface Pair {
            void of(StoredMessage question, StoredMessage answer);
        }

        private void each(Errand errand, Pair pair) {
            for (int attempt = 1; attempt < MOST; attempt++) {
                StoredMessage question = sent.get(errand.message(request, attempt));
                StoredMessage answer = question == null ? null : answers.get(question.messageId());
                if (question == null || answer == null) {
                    return;
                }
                facts.tried(errand, attempt, answer.at());
                pair.of(question, answer);
            }
        }
    }

    private Optional<Element> record(StoredMessage answer) {
        return open(answer)
                .map(payloads::read)
                .filter(PayloadContent.Record.class::isInstance)
                .map(content -> ((PayloadContent.Record) content).root())
                .filter(root -> PaymentXml.NAMESPACE.equals(root.getNamespaceURI()));
    }

    private Optional<PaymentOrder> order(Container interim) {
        return payloads.read(interim) instanceof PayloadContent.Record record
                ? Optional.of(PaymentXml.order(record.root()))
                : Optional.empty();
    }

    /** The container, opened: it was verified, or signed by us, when it was logged. Empty when it was erased. */
    Optional<Container> open(StoredMessage stored) {
        byte[] octets = stored.container();
        return octets != null && opener.open(octets) instanceof OpenResult.Opened opened
                ? Optional.of(opened.container())
                : Optional.empty();
    }
}
