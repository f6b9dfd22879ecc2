package org.wasl.node.edge.payment;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/**
 * Where a gateway tells that an order was paid. What it says is authenticated, and believed no further than that its
 * node should be asked: amounts come from its signed answer alone.
 */
@RestController
public final class NotificationsController {

    private static final String TIME = "Notification-Time";
    private static final String CODE = "Notification-Code";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int MAX_BODY = 4_096;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final byte[] key;
    private final Clock clock;
    private final PaymentNews news;

    /** Passes on what a gateway told. */
    @FunctionalInterface
    public interface PaymentNews {

        /**
         * An order was paid. Once this returns, it is not lost.
         *
         * @param notification the gateway's own words
         */
        void paid(Map<String, String> notification);
    }

    /** @param secret what authenticates notifications, shared with the gateway */
    public NotificationsController(String secret, Clock clock, PaymentNews news) {
        this.key = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
        this.news = news;
    }

    @PostMapping("/payments/notifications")
    ResponseEntity<Void> paid(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
        String time = Optional.ofNullable(request.getHeader(TIME)).orElse("");
        String code = Optional.ofNullable(request.getHeader(CODE)).orElse("");
        if (body.length > MAX_BODY || !fresh(time) || !authentic(time, body, code)) {
            throw new RefusedException(
                    FaultCode.PAYMENT_NOTIFICATION, "The notification is not authentic, or not of now.");
        }
        news.paid(NotificationBody.read(body));
        return ResponseEntity.noContent().build();
    }

    private boolean fresh(String time) {
        if (!SECONDS.matcher(time).matches()) {
            return false;
        }
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), clock.instant())
                .abs();
        return off.compareTo(TOLERANCE) <= 0;
    }

    private boolean authentic(String time, byte[] body, String code) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            String expected = HexFormat.of().formatHex(mac.doFinal(body));
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
