package org.wasl.screens.frame;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whoever comes to {@code localhost} goes on at {@code 127.0.0.1}, where the issuer sends people back to: to a browser the
 * two are different sites, and a session of the one is unknown at the other. Other names are left alone: behind a proxy
 * this server cannot know by which name it was called.
 */
public final class OneAddress extends OncePerRequestFilter {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String SAME = "localhost";

    private final URI address;

    /** @param address where the pages are, without a slash at the end */
    public OneAddress(URI address) {
        this.address = address;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !LOOPBACK.equals(address.getHost())
                || !SAME.equals(request.getServerName())
                || !"GET".equals(request.getMethod())
                || request.getRequestURI().startsWith("/assets/")
                || request.getRequestURI().startsWith("/webjars/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        response.sendRedirect(address + request.getRequestURI() + (query == null ? "" : "?" + query));
    }
}
