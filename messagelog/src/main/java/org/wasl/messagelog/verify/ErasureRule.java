package org.wasl.messagelog.verify;

import java.util.ArrayList;
import java.util.List;
import org.wasl.messagelog.erasure.ErasureRecord;
import org.wasl.messagelog.erasure.ErasureRecord.Range;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;

/** Every erased container was announced in the log; one that was not was taken away. One thread's. */
final class ErasureRule {

    private static final int ROWS_AT_ONCE = 256;

    private final List<Range> erased = new ArrayList<>();
    private final List<Range> announced = new ArrayList<>();

    /** What this row announces; nothing as a rule. Of a row whose container has its leaf's commitment. */
    static List<Range> announcedBy(LogRow row, Payload payload) {
        boolean record = "RECORDED".equals(row.leaf().direction())
                && ErasureRecord.PURPOSE.equals(row.leaf().purpose());
        return record ? ErasureRecord.ranges(payload.container()).orElse(List.of()) : List.of();
    }

    /** The container at this index was erased; called with rising indices. */
    void erased(long index) {
        int last = erased.size() - 1;
        if (last >= 0 && erased.get(last).last() + 1 == index) {
            erased.set(last, new Range(erased.get(last).first(), index));
        } else {
            erased.add(new Range(index, index));
        }
    }

    void announced(List<Range> ranges) {
        announced.addAll(ranges);
    }

    /** Says what was erased without a word, also in what a running node logged meanwhile, from this size on. */
    void finish(LogSource source, long size, DamageList damages) throws LogStoreException {
        if (unannounced().isEmpty()) {
            return;
        }
        long[] next = {size};
        long before;
        do {
            before = next[0];
            source.scan(before, ROWS_AT_ONCE, row -> {
                next[0] = row.index() + 1;
                Payload payload = row.payload();
                if (payload != null) {
                    announced(announcedBy(row, payload));
                }
            });
        } while (next[0] > before);
        for (Range range : unannounced()) {
            damages.add(
                    DamageKind.UNANNOUNCED_ERASURE,
                    range.first(),
                    "the containers from " + range.first() + " to " + range.last()
                            + " are marked as erased, but no record in the log announces it");
        }
    }

    private List<Range> unannounced() {
        announced.sort((one, other) -> Long.compare(one.first(), other.first()));
        List<Range> left = new ArrayList<>();
        int next = 0;
        for (Range range : erased) {
            long from = range.first();
            while (next < announced.size() && announced.get(next).last() < from) {
                next++;
            }
            for (int i = next; i < announced.size() && from <= range.last(); i++) {
                Range said = announced.get(i);
                if (said.first() > from) {
                    break;
                }
                from = Math.max(from, said.last() + 1);
            }
            if (from <= range.last()) {
                left.add(new Range(from, range.last()));
            }
        }
        return left;
    }

    void save(StateFields out) {
        out.put("erased", texts(erased));
        out.put("announced", texts(announced));
    }

    void restore(StateFields in) {
        in.parts("erased").forEach(text -> erased.add(range(text)));
        in.parts("announced").forEach(text -> announced.add(range(text)));
    }

    private static List<String> texts(List<Range> ranges) {
        return ranges.stream().map(range -> range.first() + "-" + range.last()).toList();
    }

    private static Range range(String text) {
        int dash = text.indexOf('-');
        return new Range(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }
}
