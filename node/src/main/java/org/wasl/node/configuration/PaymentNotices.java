package org.wasl.node.configuration;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.node.edge.payment.NotificationsController.PaymentNews;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.routes.event.EventDraft;
import org.wasl.routes.event.EventPublisher;
import org.wasl.routes.event.Publication;
import org.wasl.routes.payment.Fils;
import org.wasl.routes.payment.PaidEvents;
import org.wasl.routes.payment.PaymentNode;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.keys.MemberKeys;

/** What a gateway told its node becomes its signed event; a node that does not speak for the gateway asks it at once. */
final class PaymentNotices implements PaymentNews {

    private static final int MAX_REFERENCE = 60;

    private final PaymentNode payments;
    private final EventPublisher publisher;
    private final MemberKeys keys;

    PaymentNotices(PaymentNode payments, EventPublisher publisher, MemberKeys keys) {
        this.payments = payments;
        this.publisher = publisher;
        this.keys = keys;
    }

    @Override
    public void paid(Map<String, String> notification) {
        String order = notification.getOrDefault("order", "");
        String payment = notification.getOrDefault("payment", "");
        ServiceId type = payments.rules().gateway().paid();
        if (type == null || keys.messageKey(type.member()).isEmpty()) {
            payments.told(order);
            return;
        }
        if (order.isEmpty() || payment.isEmpty() || payment.length() > MAX_REFERENCE) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "Give order and payment.");
        }
        byte[] record =
                PaidEvents.record(order, amount(notification), payments.rules().currency(), payment, at(notification));
        Actor gateway = new Actor(
                ActorKind.SYSTEM, AssuranceLevel.SUBSTANTIAL, type.subsystem().dotted(), null);
        Publication published =
                publisher.publish(new EventDraft(type, order + "/" + payment, record, gateway, order, "ar"));
        if (published instanceof Publication.Refused refused) {
            throw new RefusedException(refused.fault(), null);
        }
    }

    private static @Nullable Fils amount(Map<String, String> notification) {
        String amount = notification.get("amount");
        try {
            return amount == null ? null : Fils.parse(amount);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "Give amount with three decimals.", e);
        }
    }

    private static @Nullable Instant at(Map<String, String> notification) {
        String at = notification.get("at");
        try {
            return at == null ? null : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeException e) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "Give at as 2026-01-31T10:00:00+03:00.", e);
        }
    }
}
