package org.wasl.messagelog.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;

/** What is unanswered by its definition: a walk over all leaves, without any table beside them. */
public final class UnansweredWalk {

    private static final int PAGE = 1_000;

    private final List<FoundLeaf> requests = new ArrayList<>();
    private final Map<String, List<Leaf>> answers = new HashMap<>();

    public UnansweredWalk(LogSource source) throws LogStoreException {
        long from = 0;
        long seen = -1;
        while (seen != from) {
            seen = from;
            List<FoundLeaf> page = new ArrayList<>();
            source.leaves(from, PAGE, page::add);
            page.forEach(this::take);
            from += page.size();
        }
    }

    private void take(FoundLeaf found) {
        Leaf leaf = found.leaf();
        boolean refused = Direction.REFUSED.name().equals(leaf.direction());
        if ("REQUEST".equals(leaf.kind()) && !refused) {
            requests.add(found);
        }
        if (leaf.inReplyTo() != null && ("REPLY".equals(leaf.kind()) || "FAULT".equals(leaf.kind()))) {
            answers.computeIfAbsent(leaf.inReplyTo(), id -> new ArrayList<>()).add(leaf);
        }
    }

    /** The indices of the requests of this direction that have no answer, from this one on. */
    public List<Long> unanswered(Direction direction, long fromIndex) {
        return requests.stream()
                .filter(request -> request.index() >= fromIndex)
                .filter(request -> direction.name().equals(request.leaf().direction()))
                .filter(request -> answers.getOrDefault(request.leaf().messageId(), List.of()).stream()
                        .noneMatch(answer -> answers(answer, request.leaf())))
                .map(FoundLeaf::index)
                .toList();
    }

    private static boolean answers(Leaf answer, Leaf request) {
        if (!answer.member().equals(request.member())) {
            return false;
        }
        boolean sent = Direction.SENT.name().equals(answer.direction());
        if (Direction.RECEIVED.name().equals(request.direction())) {
            return sent && answer.sender().equals(request.provider());
        }
        return Direction.RECEIVED.name().equals(answer.direction())
                || sent && answer.sender().equals(request.sender());
    }
}
