package org.wasl.screens.frame;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * So many pages are made at a time. Each asks the API of the same server on its way: pages must never take all of its
 * threads, or they would wait for each other.
 */
public final class PageLimitFilter extends OncePerRequestFilter {

    private static final String RETRY_SECONDS = "2";

    private final Semaphore places;

    public PageLimitFilter(int pages) {
        this.places = new Semaphore(pages);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            response.setHeader("Retry-After", RETRY_SECONDS);
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }
}
