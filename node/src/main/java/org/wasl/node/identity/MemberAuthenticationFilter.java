package org.wasl.node.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.wasl.node.edge.problem.Problem;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;

/** Authenticates agencies' systems by the client certificate of their TLS connection. */
public final class MemberAuthenticationFilter extends OncePerRequestFilter {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final MemberCertificates certificates;
    private final Clock clock;

    public MemberAuthenticationFilter(MemberCertificates certificates, Clock clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(request.getAttribute(CERTIFICATES) instanceof X509Certificate[] presented) || presented.length == 0) {
            ProblemResponses.write(
                    request,
                    response,
                    Problem.atEdge(FaultCode.CLIENT_CERTIFICATE_REQUIRED, "Present the member's TLS certificate."),
                    null);
            return;
        }
        Optional<MemberId> member = certificates.member(presented[0], clock.instant());
        if (member.isEmpty()) {
            // Asked again: what was unknown a moment ago may be known by now, and is then the caller's to try anew.
            FaultCode code =
                    certificates.refusal(presented[0], clock.instant()).orElse(FaultCode.CERTIFICATE_STATUS_UNKNOWN);
            String detail = code == FaultCode.CERTIFICATE_UNKNOWN
                    ? "The registry binds this certificate to no member."
                    : "The TLS certificate is not relied on now.";
            ProblemResponses.write(request, response, Problem.atEdge(code, detail), null);
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new MemberAuthentication(member.get()));
        SecurityContextHolder.setContext(context);
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
