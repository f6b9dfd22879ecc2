package org.wasl.screens.frame;

/** There is nothing at this address, or nothing for this person. */
public final class NoSuchPage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoSuchPage() {
        super("no such page", null, false, false);
    }
}
