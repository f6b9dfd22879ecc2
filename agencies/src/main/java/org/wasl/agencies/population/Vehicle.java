package org.wasl.agencies.population;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered vehicle.
 *
 * @param insurance null when none was ever recorded
 * @param inspection null when none was ever recorded
 */
public record Vehicle(
        int index,
        Plate plate,
        String chassis,
        Label maker,
        String model,
        int modelYear,
        Label colour,
        String fuel,
        List<Owner> owners,
        LocalDate licensedFrom,
        LocalDate licensedTo,
        @Nullable Insurance insurance,
        @Nullable Inspection inspection,
        List<Hold> holds,
        List<Lien> liens) {

    public Vehicle {
        owners = List.copyOf(owners);
        holds = List.copyOf(holds);
        liens = List.copyOf(liens);
    }

    public record Insurance(Label company, String policy, String kind, LocalDate to) {}

    public record Inspection(boolean passed, LocalDate on, LocalDate to) {}

    /** What forbids renewal or transfer. */
    public record Hold(String kind, Label text, String reference, LocalDate since) {}

    public record Lien(Label holder, long outstandingFils, LocalDate since) {}
}
