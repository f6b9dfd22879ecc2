package org.wasl.routes.exchange;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.LoggedMessages;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.site.Claim;
import org.wasl.messagelog.site.ClaimResult;
import org.wasl.messagelog.site.SiblingMessages;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.store.LogReader;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;

/**
 * The way into the bus at one of several nodes of the same members. A message id that a member has used at another node
 * is not used again at this one: what came of it there is what is given.
 */
final class SharedSubmissions implements ExchangeClient {

    private static final long LOOK_MILLIS = 200;

    private final ExchangeClient own;
    private final Site site;
    private final Answers answers;
    private final ExecutorService executor;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;

    SharedSubmissions(
            ExchangeClient own,
            Site site,
            Answers answers,
            ExecutorService executor,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.own = own;
        this.site = site;
        this.answers = answers;
        this.executor = executor;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** How an exchange stands at another node: its request, and what has come to it. */
    private record Standing(Container request, Optional<ExchangeResult> result) {}

    @Override
    public CompletableFuture<ExchangeResult> submit(ExchangeRequest request) {
        CompletableFuture<ExchangeResult> result = new CompletableFuture<>();
        executor.execute(() -> submit(request, result));
        return result;
    }

    /** Until the caller's time is up: the other node may be about to log the request, or to be given its answer. */
    private void submit(ExchangeRequest request, CompletableFuture<ExchangeResult> result) {
        long until = clock.millis() + request.timeout().toMillis();
        look(request, result, until);
    }

    private void look(ExchangeRequest request, CompletableFuture<ExchangeResult> result, long until) {
        try {
            ClaimResult<Standing> claimed = claim(request);
            if (claimed instanceof ClaimResult.Granted<Standing>) {
                own.submit(request).whenComplete((ended, failure) -> {
                    if (failure == null) {
                        result.complete(ended);
                    } else {
                        result.completeExceptionally(failure);
                    }
                });
                return;
            }
            if (claimed instanceof ClaimResult.Ended<Standing> known) {
                Container earlier = known.recorded().request();
                if (!answers.sameRequest(request, earlier)) {
                    result.complete(faulted(request, FaultCode.EXCHANGE_ID_REUSED, "another request has this id"));
                    return;
                }
                if (known.recorded().result().isPresent()) {
                    result.complete(known.recorded().result().get());
                    return;
                }
            }
            if (clock.millis() >= until) {
                result.complete(faulted(
                        request,
                        FaultCode.EXCHANGE_TIMED_OUT,
                        "the request was sent by another node and has no answer"));
                return;
            }
            scheduler.schedule(
                    () -> executor.execute(() -> look(request, result, until)), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (LogUnavailableException e) {
            result.complete(faulted(request, FaultCode.LOG_UNAVAILABLE, "the site's database cannot be reached"));
        }
    }

    private ClaimResult<Standing> claim(ExchangeRequest request) {
        SubsystemId consumer = request.consumer();
        Claim claim = new Claim(
                Claim.Side.ASKS,
                consumer.member(),
                consumer,
                request.messageId(),
                request.messageId(),
                clock.instant().plus(request.timeout()));
        // A request that another node has sent stays that node's, also when it has gone: it takes it up when it is
        // back.
        return site.claim(claim, log -> standing(log, consumer, request.messageId()));
    }

    private Optional<Standing> standing(LogReader log, SubsystemId consumer, UUID messageId) {
        LoggedMessages messages = new SiblingMessages(log);
        return messages.message(consumer.member(), Direction.SENT, messageId)
                .filter(stored ->
                        stored.kind() == MessageKind.REQUEST && stored.sender().equals(consumer))
                .flatMap(this::opened)
                .map(request -> new Standing(request, result(messages, request)));
    }

    private Optional<Container> opened(StoredMessage stored) {
        byte[] octets = stored.container();
        return octets == null ? Optional.empty() : answers.open(octets);
    }

    private Optional<ExchangeResult> result(LoggedMessages messages, Container request) {
        SubsystemId consumer = request.header().consumer();
        UUID id = request.header().messageId();
        Optional<StoredMessage> ended = messages.answer(consumer.member(), Direction.RECEIVED, id)
                .or(() -> messages.answer(consumer.member(), Direction.SENT, id)
                        .filter(stored -> stored.sender().equals(consumer)));
        if (ended.isPresent()) {
            return Optional.of(opened(ended.get())
                    .map(answer -> answers.result(request, answer))
                    .orElseGet(() -> new ExchangeResult.Faulted(
                            new Fault(
                                    FaultCode.CONTAINER_NOT_FOUND,
                                    Stage.LOG,
                                    consumer.member().toString(),
                                    "the recorded answer was erased"),
                            Optional.of(request),
                            Optional.empty())));
        }
        return messages.about(consumer.member(), Direction.RECEIVED, MessageKind.INTERIM, id)
                .flatMap(this::opened)
                .flatMap(interim -> answers.deferral(interim)
                        .map(deferral -> new ExchangeResult.Deferred(request, interim, deferral)));
    }

    private static ExchangeResult faulted(ExchangeRequest request, FaultCode code, String detail) {
        return new ExchangeResult.Faulted(
                new Fault(code, Stage.BUILD, request.consumer().member().toString(), detail),
                Optional.empty(),
                Optional.empty());
    }

    /** At the node that sent the request it is cancelled at once; another one cannot speak for what that node awaits. */
    @Override
    public CompletableFuture<ExchangeResult> cancel(SubsystemId consumer, UUID messageId) {
        return own.cancel(consumer, messageId);
    }

    @Override
    public Optional<ExchangeResult> find(SubsystemId consumer, UUID messageId) {
        Optional<ExchangeResult> here = own.find(consumer, messageId);
        if (here.isPresent()) {
            return here;
        }
        List<String> siblings = site.siblings();
        return siblings.stream()
                .flatMap(sibling -> site.log(sibling).stream())
                .flatMap(log -> standing(log, consumer, messageId).stream())
                .flatMap(standing -> standing.result().stream())
                .findFirst();
    }

    @Override
    public void onLateAnswer(LateAnswerListener listener) {
        own.onLateAnswer(listener);
    }
}
