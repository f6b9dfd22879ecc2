package org.wasl.routes.exchange;

/** A body after which a flow's ordinary steps have nothing left to do. */
interface Ended {

    /** Nothing more is to be done at all. */
    enum Done implements Ended {
        DONE
    }
}
