package org.wasl.screens.frame;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/** Where a person goes after signing in: to the page they came from, never to another site. */
public final class ReturnAddress implements AuthenticationSuccessHandler {

    static final String ATTRIBUTE = ReturnAddress.class.getName();

    private static final Pattern OWN = Pattern.compile("/(?!/)[A-Za-z0-9/_.~%?&=:,+-]{0,500}");

    private final RequestCache pages;
    private final String home;

    /** @param home where to when there is no page they came from */
    public ReturnAddress(RequestCache pages, String home) {
        this.pages = pages;
        this.home = home;
    }

    /** Whether this is an address of these pages. */
    static boolean own(String address) {
        return OWN.matcher(address).matches();
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        HttpSession session = request.getSession();
        Object form = session.getAttribute(ATTRIBUTE);
        SavedRequest page = pages.getRequest(request, response);
        session.removeAttribute(ATTRIBUTE);
        pages.removeRequest(request, response);
        if (form instanceof String address) {
            response.sendRedirect(address);
        } else {
            response.sendRedirect(page == null ? home : page.getRedirectUrl());
        }
    }
}
