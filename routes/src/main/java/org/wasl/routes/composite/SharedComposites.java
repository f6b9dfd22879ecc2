package org.wasl.routes.composite;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.site.Claim;
import org.wasl.messagelog.site.ClaimResult;
import org.wasl.messagelog.site.SiblingMessages;
import org.wasl.messagelog.site.Site;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/**
 * Composite requests at several nodes of one member: each runs at the node that it was first asked at, and how it stands
 * can be read at all of them.
 */
final class SharedComposites {

    private static final long LOOK_MILLIS = 100;
    private static final int LOOKS = 30;

    private final Site site;
    private final CompositeTracking tracking;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;

    SharedComposites(
            Site site, CompositeTracking tracking, Executor executor, ScheduledExecutorService scheduler, Clock clock) {
        this.site = site;
        this.tracking = tracking;
        this.executor = executor;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** Runs a request here, unless it was asked at another node: then how it stands there is what is given. */
    CompletableFuture<CompositeResult> ask(
            CompositeRequest request, Supplier<CompletableFuture<CompositeResult>> here) {
        // Only an id that a caller can name again can come to two nodes.
        if (site == Site.SINGLE || request.idempotencyKey() == null) {
            return here.get();
        }
        CompletableFuture<CompositeResult> result = new CompletableFuture<>();
        look(request, here, result, LOOKS);
        return result;
    }

    private void look(
            CompositeRequest request,
            Supplier<CompletableFuture<CompositeResult>> here,
            CompletableFuture<CompositeResult> result,
            int looks) {
        try {
            executor.execute(() -> claim(request, here, result, looks));
        } catch (RejectedExecutionException e) {
            result.complete(faulted(FaultCode.OVERLOADED, "too many composite requests are on their way"));
        }
    }

    private void claim(
            CompositeRequest request,
            Supplier<CompletableFuture<CompositeResult>> here,
            CompletableFuture<CompositeResult> result,
            int looks) {
        ClaimResult<CompositeTracking> claimed;
        try {
            claimed = site.claim(claimOf(request), log -> Optional.of(tracking.of(new SiblingMessages(log)))
                    .filter(there -> there.request(request.trackingId()).isPresent()));
        } catch (LogUnavailableException e) {
            result.complete(faulted(FaultCode.LOG_UNAVAILABLE, "the site's database cannot be reached"));
            return;
        }
        if (claimed instanceof ClaimResult.Granted<CompositeTracking>) {
            Optional<CompositeTracking> before;
            try {
                before = asked(request);
            } catch (LogUnavailableException e) {
                result.complete(faulted(FaultCode.LOG_UNAVAILABLE, "another node's log cannot be read"));
                return;
            }
            if (before.isPresent()) {
                result.complete(standing(request, before.get()));
                return;
            }
            here.get().whenComplete((ended, failure) -> {
                if (failure == null) {
                    result.complete(ended);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } else if (claimed instanceof ClaimResult.Ended<CompositeTracking> known) {
            result.complete(standing(request, known.recorded()));
        } else if (looks > 0) {
            // It was asked there a moment ago, and is not in the log yet.
            scheduler.schedule(() -> look(request, here, result, looks - 1), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            result.complete(faulted(FaultCode.OVERLOADED, "the request was asked at another node, which is not done"));
        }
    }

    /** The other node at which it was asked so long ago that the claim is forgotten; its log is not. */
    private Optional<CompositeTracking> asked(CompositeRequest request) {
        return SiblingMessages.of(site).stream()
                .map(tracking::of)
                .filter(there -> there.request(request.trackingId()).isPresent())
                .findFirst();
    }

    private Claim claimOf(CompositeRequest request) {
        return new Claim(
                Claim.Side.ASKS,
                request.consumer().member(),
                request.consumer(),
                request.trackingId(),
                request.trackingId(),
                clock.instant());
    }

    private static CompositeResult standing(CompositeRequest request, CompositeTracking there) {
        boolean same = there.request(request.trackingId())
                .flatMap(there::open)
                .filter(earlier -> there.sameRequest(request, earlier))
                .isPresent();
        return same
                ? there.track(request.trackingId()).orElseThrow()
                : faulted(FaultCode.EXCHANGE_ID_REUSED, "another request has this id");
    }

    /** How a request stands at whichever other node it is. */
    Optional<CompositeResult> track(UUID trackingId) {
        return SiblingMessages.of(site).stream()
                .flatMap(log -> tracking.of(log).track(trackingId).stream())
                .findFirst();
    }

    private static CompositeResult faulted(FaultCode code, String detail) {
        return new CompositeResult.Faulted(
                new Fault(code, Stage.BUILD, "composer", detail), Optional.empty(), Optional.empty());
    }
}
