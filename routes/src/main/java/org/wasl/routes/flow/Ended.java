package org.wasl.routes.flow;

/** A body after which a flow's ordinary steps have nothing left to do. */
public interface Ended {

    /** Nothing more is to be done at all. */
    enum Done implements Ended {
        DONE
    }
}
