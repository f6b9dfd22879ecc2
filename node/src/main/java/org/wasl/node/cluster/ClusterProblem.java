package org.wasl.node.cluster;

/** Why a cluster cannot be started, changed or ended. */
public enum ClusterProblem {
    /** Network namespaces can only be made by root. */
    NOT_ROOT,
    /** A program of the system is missing; the detail names it, and its package. */
    MISSING,
    /** No archive with the broker's programs was found. */
    NO_BROKER,
    /** The user under whom databases run cannot enter the directory. */
    NO_ENTRY,
    /** The directory belongs to a cluster that runs. */
    RUNS,
    /** No cluster runs there. */
    NONE,
    /** A part did not begin to serve in time; the detail says which and where its output is. */
    NOT_READY,
    /** A program of the system failed. */
    TOOL,
    /** The state on disk is not to be read. */
    STATE
}
