package org.wasl.screens.frame;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Whose access token has ended is signed in no more: the issuer is asked again, before a page fails for it. */
public final class EndedSignIns extends OncePerRequestFilter {

    private final SignedIn signedIn;

    public EndedSignIns(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() != null
                && signedIn.token(request).isEmpty()) {
            SecurityContextHolder.clearContext();
        }
        chain.doFilter(request, response);
    }
}
