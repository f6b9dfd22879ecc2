package org.wasl.security.container;

/**
 * Leaves the reading by template at the first octet that the template would not write. It says nothing of whether the
 * octets are good: whoever reads in full decides that, and says what is wrong.
 */
final class NotByTemplate extends Exception {

    private static final long serialVersionUID = 1L;

    NotByTemplate() {
        // No stack trace: octets that others wrote are no reason to be slow.
        super("the octets are not what the template writes", null, false, false);
    }
}
