package org.wasl.routes.event;

/** Where an event stands that has come, seen from what was received before. */
enum Place {
    /** It was received before. */
    KNOWN,
    /** It is the next one. */
    NEXT,
    /** Others are missing before it. */
    BEYOND_GAP;

    /**
     * @param number the event's number
     * @param received the number of the last one received, all before it being there
     */
    static Place of(long number, long received) {
        if (number <= received) {
            return KNOWN;
        }
        return number == received + 1 ? NEXT : BEYOND_GAP;
    }
}
