package org.wasl.security.container;

/** How urgent a message is; each has a JMS priority. */
public enum Priority {
    LOW(2),
    NORMAL(4),
    URGENT(8);

    private final int jmsPriority;

    Priority(int jmsPriority) {
        this.jmsPriority = jmsPriority;
    }

    /** The JMS priority, 0 to 9. */
    public int jmsPriority() {
        return jmsPriority;
    }
}
