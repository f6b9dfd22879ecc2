package org.wasl.node.configuration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.wasl.node.edge.problem.Problem;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

/** What Spring Security refuses, as problems. */
final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private static final String UNLISTED = SecurityProblems.class.getName() + ".unlisted";

    /** The rule for every address that no other rule names: nobody, whoever they are. */
    static AuthorizationManager<RequestAuthorizationContext> nobody() {
        return new AuthorizationManager<>() {
            @Override
            public AuthorizationDecision authorize(
                    Supplier<Authentication> authentication, RequestAuthorizationContext context) {
                context.getRequest().setAttribute(UNLISTED, Boolean.TRUE);
                return new AuthorizationDecision(false);
            }

            @Override
            @SuppressWarnings("deprecation") // still abstract in this version; callers use authorize
            public AuthorizationDecision check(
                    Supplier<Authentication> authentication, RequestAuthorizationContext context) {
                return authorize(authentication, context);
            }
        };
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (isAgencyAddress(request)) {
            certificateRequired(request, response);
            return;
        }
        boolean tokenGiven = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE, tokenGiven ? "Bearer error=\"invalid_token\"" : "Bearer realm=\"wasl\"");
        write(
                request,
                response,
                FaultCode.UNAUTHENTICATED,
                tokenGiven ? "The bearer token is not good (any more)." : "Send a bearer token.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (isAgencyAddress(request)) {
            certificateRequired(request, response);
        } else if (request.getAttribute(UNLISTED) != null) {
            write(request, response, FaultCode.RESOURCE_NOT_FOUND, "There is nothing at this address.");
        } else {
            write(request, response, FaultCode.ACCESS_DENIED, "The caller's roles do not allow this.");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        write(request, response, FaultCode.REQUEST_PATH_TRAVERSAL, "The path, method or a header is not one to take.");
    }

    private static boolean isAgencyAddress(HttpServletRequest request) {
        return !request.isSecure() && (request.getRequestURI() + "/").startsWith("/r1/");
    }

    private static void certificateRequired(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(
                request,
                response,
                FaultCode.CLIENT_CERTIFICATE_REQUIRED,
                "Ask over HTTPS at the agencies' port, with the member's TLS certificate.");
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, FaultCode code, String detail)
            throws IOException {
        Fault fault = Problem.atEdge(code, detail);
        ProblemResponses.write(request, response, fault, null);
    }
}
