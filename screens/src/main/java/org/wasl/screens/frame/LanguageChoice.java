package org.wasl.screens.frame;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;

/** Which language a page is in: what its address says, else what was chosen earlier, else what the browser prefers. */
public final class LanguageChoice implements LocaleResolver, HandlerInterceptor {

    /** The parameter of addresses, and the name of the cookie. */
    static final String NAME = "lang";

    private static final int YEAR = Math.toIntExact(Duration.ofDays(365).toSeconds());

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return of(request).locale();
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language is chosen by an address");
    }

    static Language of(HttpServletRequest request) {
        return chosen(request).or(() -> kept(request)).orElseGet(() -> preferred(request));
    }

    private static Optional<Language> chosen(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter(NAME)).flatMap(Language::of);
    }

    private static Optional<Language> kept(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(NAME)) {
                    return Language.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private static Language preferred(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) {
            return Language.AR;
        }
        for (Locale locale : java.util.Collections.list(request.getLocales())) {
            Optional<Language> language = Language.of(locale.getLanguage());
            if (language.isPresent()) {
                return language.get();
            }
        }
        return Language.AR;
    }

    /** Keeps what was chosen. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        chosen(request).ifPresent(language -> {
            Cookie cookie = new Cookie(NAME, language.code());
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setSecure(request.isSecure());
            cookie.setMaxAge(YEAR);
            cookie.setAttribute("SameSite", "Lax");
            response.addCookie(cookie);
        });
        return true;
    }
}
