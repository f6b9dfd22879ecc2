package org.wasl.node.edge;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.wasl.node.edge.problem.Problem;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Priority;

/**
 * Takes at most so many requests at a time, asynchronous ones included; the others are told to come again. An eighth of the places is
 * kept for requests that call themselves urgent, so that a burst of others does not shut them out. Whether somebody may do so is
 * known only once the caller is: who may not is refused there, before anything costs, and gives the place back at once.
 */
public final class ConcurrencyFilter extends OncePerRequestFilter {

    private static final int SHARE_KEPT = 8;

    private final Semaphore places;
    private final Semaphore ordinary;
    private final Predicate<String> unlimited;

    /**
     * @param maxRequests how many at a time
     * @param unlimited the paths that this node's own requests ask on the way, or that ask this node on theirs: they would
     *     wait for each other's places. They have bounds of their own
     */
    public ConcurrencyFilter(int maxRequests, Predicate<String> unlimited) {
        this.places = new Semaphore(maxRequests);
        this.ordinary = new Semaphore(maxRequests - maxRequests / SHARE_KEPT);
        this.unlimited = unlimited;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return unlimited.test(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean urgent = Priority.URGENT.name().equals(request.getHeader(RequestHeaders.PRIORITY));
        if (!enter(urgent)) {
            ProblemResponses.write(
                    request,
                    response,
                    Problem.atEdge(FaultCode.OVERLOADED, "The node takes no more requests for now."),
                    null);
            return;
        }
        Place place = new Place(urgent);
        boolean async = false;
        try {
            chain.doFilter(request, response);
            async = request.isAsyncStarted();
            if (async) {
                request.getAsyncContext().addListener(place);
            }
        } finally {
            if (!async) {
                place.leave();
            }
        }
    }

    private boolean enter(boolean urgent) {
        if (!urgent && !ordinary.tryAcquire()) {
            return false;
        }
        boolean entered = places.tryAcquire();
        if (!entered && !urgent) {
            ordinary.release();
        }
        return entered;
    }

    /** One taken place; it is left once, however the request ends. */
    private final class Place implements AsyncListener {

        private final boolean urgent;
        private final AtomicBoolean left = new AtomicBoolean();

        Place(boolean urgent) {
            this.urgent = urgent;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                places.release();
                if (!urgent) {
                    ordinary.release();
                }
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            leave();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // onComplete follows
        }

        @Override
        public void onError(AsyncEvent event) {
            // onComplete follows
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
