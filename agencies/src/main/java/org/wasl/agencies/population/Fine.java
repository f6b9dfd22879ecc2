package org.wasl.agencies.population;

import java.time.LocalDateTime;

/** A traffic ticket. Amounts in fils. {@code offender} is the vehicle's first owner. */
public record Fine(
        String ticket,
        String issuerCode,
        Label issuer,
        Plate plate,
        Person offender,
        LocalDateTime at,
        String article,
        Label text,
        long amountFils,
        long discountFils,
        State state) {

    public enum State {
        UNPAID,
        SETTLED,
        CONTESTED,
        VOID,
        REFERRED
    }
}
