package org.wasl.node.cluster;

/** A cluster cannot do what it was asked, for a reason that is outside the program. */
public final class ClusterException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ClusterProblem problem;

    /** @param detail what exactly, in English */
    public ClusterException(ClusterProblem problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    /** @param cause what happened */
    public ClusterException(ClusterProblem problem, Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.problem = problem;
    }

    public ClusterProblem problem() {
        return problem;
    }

    /** What exactly. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
