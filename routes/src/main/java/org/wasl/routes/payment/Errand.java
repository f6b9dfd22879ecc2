package org.wasl.routes.payment;

import java.util.Set;
import java.util.UUID;
import org.wasl.routes.flow.MessageIds;

/** One thing that is asked of another member for an order: an ordinary exchange, attempted until it is answered with a record. */
sealed interface Errand {

    /** Parameters that a rule cannot name: the order's own. */
    Set<String> RESERVED = Set.of("settlement", "order", "amount", "discount", "reversal");

    /** Its name within the order: from it all its messages' ids are derived. */
    String key();

    /** The id of the message of one attempt. */
    default UUID message(UUID order, int attempt) {
        return MessageIds.step(order, "payment/" + key() + "/" + attempt);
    }

    /** The order is shown to the gateway. */
    record Present() implements Errand {
        @Override
        public String key() {
            return "present";
        }
    }

    /** The gateway is asked what it took. */
    record AskReceipt() implements Errand {
        @Override
        public String key() {
            return "receipt";
        }
    }

    /** An item is settled with its agency. */
    record Settle(String item) implements Errand {
        @Override
        public String key() {
            return "settle/" + item;
        }

        /** By which the agency knows the settlement again, however often it is asked for. */
        static UUID id(UUID order, String item) {
            return MessageIds.step(order, "settlement/" + item);
        }
    }

    /**
     * Money is given back.
     *
     * @param target an item, or a whole payment: see {@link #ofPayment}
     */
    record Reverse(String target) implements Errand {

        private static final String PAYMENT = "payment:";

        /** Of a whole payment, by the gateway's number. */
        static Reverse ofPayment(String reference) {
            return new Reverse(PAYMENT + reference);
        }

        @Override
        public String key() {
            return "reverse/" + target;
        }

        /** By which the gateway knows the reversal again. */
        static UUID id(UUID order, String target) {
            return MessageIds.step(order, "reversal/" + target);
        }
    }
}
