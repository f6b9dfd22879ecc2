package org.wasl.faults.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.wasl.schemas.identifier.MemberId;

/** What callers ask for. */
public enum Flow {
    /** The court's case system asks civil status for a person. */
    PERSON("JO/GOV/MOJ", "case-system", "JO/GOV/CSPD/registry/person-record", "COURT_CASE", "JO-LAW-9-2001", 30),
    /** The court's case system asks traffic for a person's vehicles. */
    VEHICLES(
            "JO/GOV/MOJ", "case-system", "JO/GOV/DVLD/vehicles/vehicles-of-person", "COURT_CASE", "JO-LAW-18-2023", 20),
    /** Traffic's licensing asks civil status whether somebody lives. */
    ALIVE("JO/GOV/DVLD", "licensing", "JO/GOV/CSPD/registry/life-status", "LICENSING", "JO-LAW-9-2001", 20),
    /** The same, from a system that may be urgent and is; no part of the usual mix. */
    URGENT_VEHICLES(
            "JO/GOV/MOJ", "case-system", "JO/GOV/DVLD/vehicles/vehicles-of-person", "COURT_CASE", "JO-LAW-18-2023", 0),
    /** The portal asks four agencies for one person. */
    CLEARANCE("general-clearance", 15),
    /** The portal asks civil status, property tax and justice. */
    PROPERTY("property-clearance", 10),
    /** The portal asks civil status and justice; some answers come later. */
    CERTIFICATE("no-conviction-certificate", 5);

    private final String consumer;
    private final String subsystem;
    private final String path;
    private final String purpose;
    private final String legalBasis;
    private final int weight;

    Flow(String consumer, String subsystem, String path, String purpose, String legalBasis, int weight) {
        this.consumer = consumer;
        this.subsystem = subsystem;
        this.path = path;
        this.purpose = purpose;
        this.legalBasis = legalBasis;
        this.weight = weight;
    }

    Flow(String composite, int weight) {
        this("", "", composite, "", "", weight);
    }

    /** Whether the portal composes the answer from several agencies. */
    public boolean composite() {
        return consumer.isEmpty();
    }

    /** Who asks; only of those that are not composite. */
    MemberId consumer() {
        return MemberId.parse(consumer);
    }

    String client() {
        return consumer + "/" + subsystem;
    }

    /** The path below {@code /r1/} or {@code /composites/}. */
    String path() {
        return path;
    }

    /** As the edges name it. */
    String priority() {
        return this == URGENT_VEHICLES ? "URGENT" : "NORMAL";
    }

    String purpose() {
        return purpose;
    }

    String legalBasis() {
        return legalBasis;
    }

    /** The service as logs name it; empty for composite ones. */
    public Optional<String> service() {
        return composite() ? Optional.empty() : Optional.of(path + "/v1");
    }

    /** How it is called in the ledger. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Flow of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** One of all, as often as its weight says. */
    static Flow pick(int number) {
        int left = Math.floorMod(
                number, Arrays.stream(values()).mapToInt(flow -> flow.weight).sum());
        for (Flow flow : values()) {
            left -= flow.weight;
            if (left < 0) {
                return flow;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }
}
