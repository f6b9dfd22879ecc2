package org.wasl.bench.report;

import java.util.List;

/** What the parts of a report and its scenarios are called; they are part of the JSON's form. */
public final class Parts {

    public static final String EXCHANGE = "exchange";
    public static final String COMPOSITE = "composite";
    public static final String PEERS = "peers";
    public static final String LIMITS = "limits";
    /** The exchange with software keys and with keys that a slow token vouches for, in turns. */
    public static final String SLOW_KEYS = "slow-keys";

    /** The workload with keys in memory. */
    public static final String SOFTWARE_KEYS = "exchange";

    /** The same with keys in memory that a slow token vouches for. */
    public static final String SHORT_TERM_KEYS = "exchange-short-term-keys";

    public static final String CURVE_PAYLOAD = "curve-payload";
    public static final String CURVE_DOCUMENT = "curve-document";
    public static final String CURVE_CALLERS = "curve-callers";
    public static final String CURVE_LOG = "curve-log";
    /** What the log itself costs: appending, looking up, proving, starting. */
    public static final String LOG_SIZE = "log-size";

    public static final String START_MILLISECONDS = "startMilliseconds";
    public static final String BY_ID_MICROSECONDS = "lookUpByIdMicroseconds";
    public static final String BY_PERSON_MICROSECONDS = "lookUpByPersonMicroseconds";
    public static final String PROOF_MICROSECONDS = "proofMicroseconds";
    public static final String CURVE_AGREEMENTS = "curve-agreements";
    public static final String CURVE_MEMBERS = "curve-members";

    /** The figure that says how much of a container is at rest beside its payload, on average. */
    public static final String AT_REST = "containerBesidePayloadBytes";

    /** One caller. */
    public static final String ALONE = "one caller";
    /** Sixteen callers. */
    public static final String FEW = "few callers";
    /** As many callers as the options say. */
    public static final String MANY = "many callers";
    /** The long run. */
    public static final String SUSTAINED = "sustained";
    /** Arrivals at a constant rate. */
    public static final String RATE = "constant rate";

    /** The points at which the product is measured over each thing that may grow. */
    public static final List<Integer> PAYLOAD_OCTETS = List.of(1_024, 8_192, 65_536, 262_144);

    /** Documents, which are streamed; records, which are parsed, end where their bounds end. */
    public static final List<Integer> DOCUMENT_OCTETS = List.of(1_024, 102_400, 1_048_576, 10_000_000);

    public static final List<Integer> CALLERS = List.of(1, 4, 16, 64, 250, 1_000, 2_000);
    public static final List<Integer> LOG_LEAVES = List.of(0, 10_000, 100_000, 1_000_000);
    public static final List<Integer> AGREEMENTS = List.of(10, 100, 1_000, 10_000, 100_000);
    public static final List<Integer> MEMBERS = List.of(5, 50, 500, 5_000);

    private Parts() {}
}
