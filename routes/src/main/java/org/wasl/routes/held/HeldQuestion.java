package org.wasl.routes.held;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * What was asked: an answer is held for whoever asks exactly this again.
 *
 * @param consumer who asks
 * @param service what is asked
 * @param parameters with which parameters
 * @param purpose for which purpose
 * @param subject whom or what it is about; null when about nobody: then nothing is held
 */
public record HeldQuestion(
        SubsystemId consumer,
        ServiceId service,
        Map<String, String> parameters,
        String purpose,
        @Nullable String subject) {

    public HeldQuestion {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        // Without parameters and subject: this ends up in logs.
        return consumer + " asks " + service + " for " + purpose;
    }
}
