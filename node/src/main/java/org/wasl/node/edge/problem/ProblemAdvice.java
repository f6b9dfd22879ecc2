package org.wasl.node.edge.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/** Whatever ends the handling of a request early becomes a problem here; no other place answers an exception. */
@RestControllerAdvice
public final class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<byte[]> refused(RefusedException refusal, HttpServletRequest request) {
        return answer(request, refusal.fault(), refusal.instance().orElse(null), refusal.allowedMethods());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> method(HttpRequestMethodNotSupportedException unsupported, HttpServletRequest request) {
        String[] supported = unsupported.getSupportedMethods();
        return answer(
                request,
                Problem.atEdge(FaultCode.REQUEST_METHOD, "This address does not take this method."),
                null,
                supported == null ? Set.of() : Set.of(supported));
    }

    @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
    ResponseEntity<byte[]> nothingThere(HttpServletRequest request) {
        return answer(request, Problem.atEdge(FaultCode.RESOURCE_NOT_FOUND, "There is nothing at this address."));
    }

    @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
    ResponseEntity<byte[]> mediaType(HttpServletRequest request) {
        return answer(request, Problem.atEdge(FaultCode.REQUEST_MEDIA_TYPE, "Send JSON or XML."));
    }

    @ExceptionHandler(HttpMediaTypeNotAcceptableException.class)
    ResponseEntity<byte[]> notAcceptable(HttpServletRequest request) {
        return answer(request, Problem.atEdge(FaultCode.REQUEST_NOT_ACCEPTABLE, "Accept JSON or XML."));
    }

    @ExceptionHandler(AsyncRequestTimeoutException.class)
    ResponseEntity<byte[]> timedOut(HttpServletRequest request) {
        return answer(request, Problem.atEdge(FaultCode.EXCHANGE_TIMED_OUT, "No answer came before the deadline."));
    }

    @ExceptionHandler(AccessDeniedException.class)
    ResponseEntity<byte[]> denied(HttpServletRequest request) {
        return answer(request, Problem.atEdge(FaultCode.ACCESS_DENIED, "The caller may not do this."));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> logDown(LogUnavailableException unavailable, HttpServletRequest request) {
        LOG.error("the message log is unavailable", unavailable);
        return answer(
                request,
                new Fault(FaultCode.LOG_UNAVAILABLE, Stage.LOG, "node", "The message log cannot be used now."));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrapped(CompletionException wrapped, HttpServletRequest request) {
        Throwable cause = wrapped.getCause();
        if (cause instanceof RefusedException refusal) {
            return refused(refusal, request);
        }
        if (cause instanceof LogUnavailableException unavailable) {
            return logDown(unavailable, request);
        }
        return internal(cause == null ? wrapped : cause, request);
    }

    /** A bug, or a resource that died: the caller learns only under which id the operator finds it. */
    @ExceptionHandler
    ResponseEntity<byte[]> internal(Throwable unexpected, HttpServletRequest request) {
        for (Throwable cause = unexpected; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refusal) {
                return refused(refusal, request);
            }
        }
        String incident = "urn:uuid:" + UUID.randomUUID();
        LOG.error("unexpected failure at an HTTP edge, incident {}", incident, unexpected);
        Fault fault = Problem.atEdge(
                FaultCode.INTERNAL, "Something unexpected happened; the operator finds it under this instance.");
        return answer(request, fault, incident, Set.of());
    }

    private static ResponseEntity<byte[]> answer(HttpServletRequest request, Fault fault) {
        return answer(request, fault, null, Set.of());
    }

    private static ResponseEntity<byte[]> answer(
            HttpServletRequest request, Fault fault, @Nullable String instance, Set<String> allowedMethods) {
        Problem problem = new Problem(fault, ProblemResponses.locale(request), instance);
        HttpHeaders headers = ProblemResponses.headers(problem);
        if (!allowedMethods.isEmpty()) {
            headers.set(
                    HttpHeaders.ALLOW,
                    String.join(", ", allowedMethods.stream().sorted().toList()));
        }
        return ResponseEntity.status(problem.status()).headers(headers).body(problem.octets());
    }
}
