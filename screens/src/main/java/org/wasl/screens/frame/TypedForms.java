package org.wasl.screens.frame;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A form that comes after its session has ended is not lost: what was typed waits in the new session, the person signs
 * in, and finds the form as it was. It is not sent by itself: they look at it again.
 */
public final class TypedForms implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final KeptForms KEPT = new KeptForms();
    private static final String ATTRIBUTE = TypedForms.class.getName();
    private static final String SIGN_OUT = "/sign-out";
    private static final int MAX_OCTETS = 16 * 1024;

    /** The hidden field by which a form says on which page it stands, when it is sent to another address. */
    private static final String PAGE = "page";

    private final String signIn;
    private final RequestCache pages;

    /**
     * @param signIn where signing in begins
     * @param pages keeps where the person wanted to go
     */
    public TypedForms(String signIn, RequestCache pages) {
        this.signIn = signIn;
        this.pages = pages;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException unknown)
            throws IOException {
        askToSignIn(request, response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        boolean ended = denied instanceof CsrfException;
        if (ended && SIGN_OUT.equals(request.getRequestURI())) {
            // Nothing was typed there, and nothing stands at that address: whoever is still signed in stays so.
            response.sendRedirect("/");
        } else if (ended && SecurityContextHolder.getContext().getAuthentication() == null) {
            askToSignIn(request, response);
        } else if (ended) {
            // Signed in, with a form of an earlier session: shown again, with a token that is good.
            keep(request);
            response.sendRedirect(page(request));
        } else {
            // Forwarded, and not sent as an error: the page knows who is signed in.
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, HttpServletResponse.SC_FORBIDDEN);
            request.getRequestDispatcher(ScreenPolicy.ERROR).forward(request, response);
        }
    }

    private void askToSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("GET".equals(request.getMethod())) {
            pages.saveRequest(request, response);
            response.sendRedirect(signIn);
            return;
        }
        keep(request);
        request.getSession().setAttribute(ReturnAddress.ATTRIBUTE, page(request));
        response.sendRedirect(signIn);
    }

    private static void keep(HttpServletRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        int octets = 0;
        for (Map.Entry<String, String[]> field : request.getParameterMap().entrySet()) {
            if (field.getKey().startsWith("_") || field.getKey().equals(PAGE) || field.getValue().length != 1) {
                continue;
            }
            String value = field.getValue()[0];
            octets += (field.getKey() + value).getBytes(StandardCharsets.UTF_8).length;
            if (octets > MAX_OCTETS) {
                break;
            }
            values.put(field.getKey(), value);
        }
        UUID key = KEPT.keep(new KeptForms.Form(page(request), new Typed(values, true)));
        request.getSession().setAttribute(ATTRIBUTE, key);
    }

    private static String page(HttpServletRequest request) {
        String page = request.getParameter(PAGE);
        return page != null && ReturnAddress.own(page) ? page : request.getRequestURI();
    }

    /** What was typed on this page before the session ended; told once. */
    static Typed take(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof UUID key)) {
            return Typed.NOTHING;
        }
        Optional<KeptForms.Form> form = KEPT.form(key);
        if (form.isPresent() && !path(form.get().page()).equals(request.getRequestURI())) {
            return Typed.NOTHING;
        }
        session.removeAttribute(ATTRIBUTE);
        KEPT.forget(key);
        return form.map(KeptForms.Form::typed).orElse(Typed.NOTHING);
    }

    private static String path(String page) {
        String path = UriComponentsBuilder.fromUriString(page).build().getPath();
        return path == null ? "/" : path;
    }
}
