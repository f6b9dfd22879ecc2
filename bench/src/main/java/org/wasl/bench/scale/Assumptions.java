package org.wasl.bench.scale;

/**
 * What is taken for granted, since no bench can measure it: the country, the machines and their prices.
 *
 * @param citizens how many people there are
 * @param agencies how many agencies answer
 * @param peakPerSecond requests a second in the busiest hour
 * @param fanOut how many agencies one request asks
 * @param meanToPeak the mean rate of a year as a share of the peak
 * @param popularity the exponent of Zipf's law by which agencies are asked: the second is asked {@code 1/2^popularity} as often as the first
 * @param cores the cores of one machine
 * @param target the share of its cores and of its log that a machine is planned to use at the peak; under
 *     a half, since one of two sites must carry it alone
 * @param unmeasured what a machine of its own adds to each CPU time that was measured within one process: TLS, a network, PostgreSQL
 * @param networkMilliseconds one way between two sites
 * @param backEndMilliseconds the median of agencies' own answers; logarithmically normal
 * @param backEndSpread the standard deviation of their logarithm
 * @param payloadOctets a message's payload as it is kept, packed
 * @param leafOctets what a leaf takes beside its payload when nothing packs well
 * @param years how long evidence is kept
 * @param copies how many copies of it are kept
 * @param coreYear what a core costs a year, with its memory, in the currency of the reader
 * @param terabyteYear what a terabyte of disk costs a year
 */
record Assumptions(
        double citizens,
        int agencies,
        double peakPerSecond,
        int fanOut,
        double meanToPeak,
        double popularity,
        int cores,
        double target,
        double unmeasured,
        double networkMilliseconds,
        double backEndMilliseconds,
        double backEndSpread,
        double payloadOctets,
        double leafOctets,
        int years,
        int copies,
        double coreYear,
        double terabyteYear) {

    /** The country that the plan is for. */
    static Assumptions standard() {
        return new Assumptions(50e6, 500, 5_000, 4, 0.2, 1.0, 8, 0.45, 1.5, 2, 30, 0.8, 2_304, 1_160, 5, 2, 150, 240);
    }

    /** The same with another rate at the peak. */
    Assumptions at(double rate) {
        return new Assumptions(
                citizens,
                agencies,
                rate,
                fanOut,
                meanToPeak,
                popularity,
                cores,
                target,
                unmeasured,
                networkMilliseconds,
                backEndMilliseconds,
                backEndSpread,
                payloadOctets,
                leafOctets,
                years,
                copies,
                coreYear,
                terabyteYear);
    }

    /** The share of all questions that the agency of this rank gets; the first has rank 0. No request asks one twice. */
    double share(int rank) {
        double sum = 0;
        for (int i = 0; i < agencies; i++) {
            sum += weight(i);
        }
        return Math.min(weight(rank) / sum, 1.0 / fanOut);
    }

    private double weight(int rank) {
        return 1 / StrictMath.pow(rank + 1.0, popularity);
    }
}
