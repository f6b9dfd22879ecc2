package org.wasl.node.watch;

import org.wasl.security.registry.Label;

/** Why somebody has to look. */
public enum AlertKind {
    LOG_UNAVAILABLE(
            "لا يمكن الكتابة في سجل الرسائل، فلا يُفصح عن شيء", "The message log cannot be written: nothing leaves"),
    DISK_SPACE("المساحة الحرة على القرص قليلة", "There is little room on the disk"),
    CHECKPOINT_AGE("سجل الرسائل بلا نقطة تحقق مصادق عليها منذ مدة", "The log has gone without a cosigned checkpoint"),
    REGISTRY_EXPIRY("السجل المعتمد يوشك أن ينتهي", "The registry is about to end"),
    CERTIFICATE_EXPIRY(
            "شهادة أو سلطة توشك أن تنتهي", "A certificate, an authority or a revocation list is about to end"),
    BREAKER_OPEN(
            "نظام جهة متوقف عن تلقي الطلبات بعد إخفاقات متكررة",
            "An agency's system is left alone after repeated failures"),
    ERROR_RATE("نسبة الطلبات التي أخفقت لدى جهة مرتفعة", "Too many exchanges with an agency fail"),
    SERVICE_LEVEL("جهة لا تفي بمستوى الخدمة الذي تعهدت به", "An agency does not keep its declared service level"),
    QUEUE_DEPTH("رسائل كثيرة تنتظر في طابور", "Many messages wait in a queue"),
    DEAD_LETTERS("رسائل لم يتمكن أحد من معالجتها", "There are messages that nobody could process"),
    WEBHOOKS("أجوبة مؤجلة تعذر تسليمها", "Late answers could not be handed on");

    private final Label label;

    AlertKind(String arabic, String english) {
        this.label = new Label(arabic, english);
    }

    public Label label() {
        return label;
    }
}
