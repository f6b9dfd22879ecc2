package org.wasl.node.edge.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.wasl.messagelog.store.FoundLeaf;

/** Searches the log for one page. What the log cannot be asked, a request's status, is looked up leaf by leaf. */
final class LeafSearch {

    private static final int CHUNK = 200;

    private final AuditedLog log;
    private final Names names;
    private final int scanMax;
    private final RequestOutcomes outcomes;

    /** @param scanMax how many leaves are looked at for one page */
    LeafSearch(AuditedLog log, Names names, int scanMax) {
        this.log = log;
        this.names = names;
        this.scanMax = scanMax;
        this.outcomes = new RequestOutcomes(log);
    }

    /**
     * What was found.
     *
     * @param next the index before which to go on; empty when there is nothing more
     */
    record Found(List<LeafView> leaves, OptionalLong next) {}

    /** The newest leaves before this index that fit, as many as a page has. */
    Found page(AuditSearch search, long beforeIndex) {
        List<LeafView> leaves = new ArrayList<>();
        long before = beforeIndex;
        int scanned = 0;
        while (true) {
            List<FoundLeaf> chunk = log.search(search.query(), search.subject(), before, CHUNK);
            for (FoundLeaf leaf : chunk) {
                if (leaves.size() == search.limit() || scanned == scanMax) {
                    return new Found(leaves, OptionalLong.of(before));
                }
                Optional<RequestOutcomes.Outcome> outcome = outcomes.of(leaf.leaf());
                if (search.status() == null
                        || outcome.filter(known -> known.status() == search.status())
                                .isPresent()) {
                    leaves.add(LeafView.of(leaf, outcome, names));
                }
                before = leaf.index();
                scanned++;
            }
            if (chunk.size() < CHUNK) {
                return new Found(leaves, OptionalLong.empty());
            }
        }
    }
}
