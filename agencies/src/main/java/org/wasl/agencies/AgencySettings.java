package org.wasl.agencies;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/**
 * How the sample agencies start.
 *
 * @param directory theirs alone, made when absent
 * @param seed which population; must stay the same for a directory
 * @param families how many, 10 to 100,000; must stay the same for a directory
 * @param cspdPort 0 for any free one, as for the other ports
 * @param clock says which day it is when the population is first made and when justice publishes
 */
public record AgencySettings(
        Path directory,
        long seed,
        int families,
        int cspdPort,
        int dvldPort,
        int ptaxPort,
        int mojPort,
        AgencyCredentials credentials,
        Clock clock) {

    /** The seed of the samples. */
    public static final long DEFAULT_SEED = 20_261_121L;

    /** About 11,500 persons. */
    public static final int DEFAULT_FAMILIES = 1_800;

    /** The default population on free ports. */
    public static AgencySettings defaults(Path directory, AgencyCredentials credentials) {
        return new AgencySettings(
                directory,
                DEFAULT_SEED,
                DEFAULT_FAMILIES,
                0,
                0,
                0,
                0,
                credentials,
                Clock.system(ZoneId.of("Asia/Amman")));
    }
}
