package org.wasl.node.edge.problem;

import jakarta.servlet.RequestDispatcher;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

/** Finds the fault for a status that the HTTP server itself came up with, before or beside our own code. */
final class UnhandledErrors {

    /** Attributes of the request under which servlet containers leave the address that was asked for. */
    static final String ADDRESS = RequestDispatcher.ERROR_REQUEST_URI;

    private UnhandledErrors() {}

    /**
     * @param status the status the server chose
     * @param address the undecoded path; null when it could not even be read
     */
    static Fault fault(int status, @Nullable String address) {
        return switch (status) {
            case 400 ->
                address != null && leavesItsPlace(address)
                        ? Problem.atEdge(
                                FaultCode.REQUEST_PATH_TRAVERSAL, "Encoded or relative path parts are refused.")
                        : Problem.atEdge(FaultCode.REQUEST_MALFORMED, "This is not a request that the server reads.");
            case 401 -> Problem.atEdge(FaultCode.UNAUTHENTICATED, "Say who you are.");
            case 403 -> Problem.atEdge(FaultCode.ACCESS_DENIED, "The caller may not do this.");
            case 404 -> Problem.atEdge(FaultCode.RESOURCE_NOT_FOUND, "There is nothing at this address.");
            case 405, 501 -> Problem.atEdge(FaultCode.REQUEST_METHOD, "This method is not taken.");
            case 406 -> Problem.atEdge(FaultCode.REQUEST_NOT_ACCEPTABLE, "Accept JSON or XML.");
            case 408 -> Problem.atEdge(FaultCode.REQUEST_TIMED_OUT, "The request came too slowly.");
            case 413, 414, 431 -> Problem.atEdge(FaultCode.REQUEST_OVERSIZED, "Path, headers or body are too large.");
            case 415 -> Problem.atEdge(FaultCode.REQUEST_MEDIA_TYPE, "Send JSON or XML.");
            case 429, 503 -> Problem.atEdge(FaultCode.OVERLOADED, "The node takes no more work for now.");
            case 504 -> Problem.atEdge(FaultCode.EXCHANGE_TIMED_OUT, "No answer came before the deadline.");
            default -> Problem.atEdge(FaultCode.INTERNAL, "Something unexpected happened.");
        };
    }

    /** Whether an undecoded path tries to leave its place: the server refuses such paths before any rule sees them. */
    static boolean leavesItsPlace(String address) {
        String path = address.toLowerCase(Locale.ROOT);
        return path.contains("..")
                || path.contains("%2e")
                || path.contains("%2f")
                || path.contains("%5c")
                || path.contains("%25")
                || path.contains("%00")
                || path.contains("\\")
                || path.contains("//")
                || path.contains("/./")
                || path.contains(";")
                || path.contains("%3b");
    }
}
