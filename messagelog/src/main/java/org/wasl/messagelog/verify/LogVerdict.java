package org.wasl.messagelog.verify;

import java.util.List;

/** What verifying a log found. */
public sealed interface LogVerdict {

    /** What was counted on the way. */
    Tally tally();

    /**
     * Everything fits.
     *
     * @param size how many leaves
     * @param root the RFC 6962 root over them, recomputed and as recorded, 32 octets
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Intact(long size, byte[] root, Tally tally) implements LogVerdict {

        /** How many containers are there and have their leaf's commitment. */
        public long containers() {
            return tally.containers();
        }

        /** How many containers were erased. */
        public long erased() {
            return tally.erased();
        }
    }

    /**
     * Something does not fit.
     *
     * @param recordedSize how many leaves the log says it has; 0 when it cannot be read
     * @param count how many damages were found, also those that are not listed
     * @param damages the first of them, by index, never empty
     */
    record Damaged(long recordedSize, Tally tally, long count, List<Damage> damages) implements LogVerdict {

        public Damaged {
            damages = List.copyOf(damages);
            if (damages.isEmpty()) {
                throw new IllegalArgumentException("a damaged log has a damage");
            }
        }

        /** The damage of the first bad index. */
        public Damage first() {
            return damages.get(0);
        }

        /** How many leaves were read. */
        public long leavesRead() {
            return tally.leaves();
        }
    }
}
