package org.wasl.messagelog.verify;

import static org.wasl.messagelog.verify.DamageKind.ALTERED_CHECKPOINT;
import static org.wasl.messagelog.verify.DamageKind.ALTERED_CONTAINER;
import static org.wasl.messagelog.verify.DamageKind.ALTERED_LEAF;
import static org.wasl.messagelog.verify.DamageKind.FORKED;
import static org.wasl.messagelog.verify.DamageKind.MISSING_CONTAINER;
import static org.wasl.messagelog.verify.DamageKind.MISSING_LEAF;
import static org.wasl.messagelog.verify.DamageKind.MISSING_SUBJECT;
import static org.wasl.messagelog.verify.DamageKind.REORDERED_LEAF;
import static org.wasl.messagelog.verify.DamageKind.ROLLED_BACK;
import static org.wasl.messagelog.verify.DamageKind.ROOT_MISMATCH;
import static org.wasl.messagelog.verify.DamageKind.TIME;
import static org.wasl.messagelog.verify.DamageKind.TRUNCATED;
import static org.wasl.messagelog.verify.DamageKind.UNANNOUNCED_ERASURE;

import org.jspecify.annotations.Nullable;

/** What an insider may do to a log, and how an auditor sees it who holds only two cosigned checkpoints of earlier. */
enum Attack {
    DELETE("delete a row", MISSING_LEAF, 23, MISSING_LEAF, insider -> insider.deleteRow(23)),
    DELETE_FITTED(
            "delete a row, move the rest up, make everything fit and sign it",
            FORKED,
            20,
            null,
            insider -> insider.rewrite(entries -> entries.remove(23))),
    EDIT("edit a row", ALTERED_LEAF, 23, ALTERED_LEAF, insider -> insider.editRow(23)),
    EDIT_HASHED("edit a row together with its hash", ROOT_MISMATCH, 23, ROOT_MISMATCH, insider -> {
        insider.editRow(23);
        insider.rehash(23);
    }),
    EDIT_FITTED(
            "edit a row, make everything fit and sign it",
            FORKED,
            20,
            null,
            insider -> insider.rewrite(Insider.editing(23))),
    PAYLOAD("edit a payload", ALTERED_CONTAINER, 23, ALTERED_CONTAINER, insider -> insider.editPayload(23)),
    PAYLOAD_HASHED(
            "exchange a payload together with its commitment and its leaf's hash",
            ROOT_MISMATCH,
            23,
            ROOT_MISMATCH,
            insider -> insider.replacePayload(23)),
    PAYLOAD_GONE(
            "take a payload away without a trace",
            MISSING_CONTAINER,
            23,
            MISSING_CONTAINER,
            insider -> insider.execute("DELETE FROM log_payload WHERE idx = 23")),
    PAYLOAD_PASSED_OFF(
            "take a payload away and mark it as lawfully erased",
            UNANNOUNCED_ERASURE,
            23,
            UNANNOUNCED_ERASURE,
            insider -> insider.execute(
                    "UPDATE log_payload SET salt = NULL, container = NULL, erased_at_millis = 1" + " WHERE idx = 23")),
    SUBJECT_GONE(
            "make a request unfindable by the person it was about",
            MISSING_SUBJECT,
            23,
            MISSING_SUBJECT,
            insider -> insider.execute("DELETE FROM log_subject WHERE idx = 23")),
    SWAP("swap two rows", REORDERED_LEAF, 23, REORDERED_LEAF, insider -> insider.swap(23, 27)),
    SWAP_FITTED(
            "swap two rows, make everything fit and sign it",
            FORKED,
            20,
            null,
            insider -> insider.rewrite(Insider.swapping(23, 27))),
    TRUNCATE("cut off the tail", TRUNCATED, 35, TRUNCATED, insider -> insider.cutRows(35)),
    TRUNCATE_FITTED(
            "cut off the tail, make the head and everything else fit",
            ROLLED_BACK,
            35,
            null,
            insider -> insider.rewrite(Insider.cutting(35))),
    RESTORE("restore last night's backup", ROLLED_BACK, 30, null, Insider::restoreBackup),
    RESTORE_AND_GO_ON("restore last night's backup and go on writing", ROLLED_BACK, 30, null, insider -> {
        insider.restoreBackup();
        insider.writeOn(25, OperatorsLog.DAY_TWO.plusSeconds(7_200));
    }),
    RESTORE_AND_LIE("restore last night's backup and write on with invented times", FORKED, 20, null, insider -> {
        insider.restoreBackup();
        insider.writeOn(25, OperatorsLog.DAY_TWO);
    }),
    REWRITE(
            "rewrite everything from scratch with the node's own key",
            FORKED,
            0,
            null,
            insider -> insider.rewrite(Insider.inventing())),
    BACKDATE(
            "log something late, as if it had been earlier",
            TIME,
            50,
            TIME,
            insider -> insider.writeOn(1, OperatorsLog.DAY_ONE)),
    POSTDATE("log something as if it had been later", TIME, 50, TIME, insider -> {
        insider.writeOn(1, OperatorsLog.DAY_TWO.plusSeconds(86_400));
        insider.checkpointNow(OperatorsLog.DAY_TWO.plusSeconds(3_700));
    }),
    COSIGNATURE(
            "alter a recorded cosignature",
            ALTERED_CHECKPOINT,
            39,
            ALTERED_CHECKPOINT,
            insider -> insider.alterCosignature(40));

    private final String words;
    private final DamageKind kind;
    private final long index;
    private final @Nullable DamageKind alone;
    private final Deed deed;

    /** What is done. */
    @FunctionalInterface
    interface Deed {
        void by(Insider insider) throws Exception;
    }

    Attack(String words, DamageKind kind, long index, @Nullable DamageKind alone, Deed deed) {
        this.words = words;
        this.kind = kind;
        this.index = index;
        this.alone = alone;
        this.deed = deed;
    }

    String words() {
        return words;
    }

    /** As what an auditor with checkpoints sees it. */
    DamageKind kind() {
        return kind;
    }

    /** The first bad index. */
    long index() {
        return index;
    }

    /** As what it is seen without any checkpoint from elsewhere; null when it is not. */
    @Nullable
    DamageKind alone() {
        return alone;
    }

    void by(Insider insider) throws Exception {
        deed.by(insider);
    }
}
