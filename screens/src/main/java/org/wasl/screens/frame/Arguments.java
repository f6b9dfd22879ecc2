package org.wasl.screens.frame;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.api.BusClient;

/** What pages' methods may ask for: {@link Person}, {@link Language}, {@link BusApi} in that person's name, {@link Typed}. */
public final class Arguments implements HandlerMethodArgumentResolver {

    private final SignedIn signedIn;
    private final BusClient client;

    public Arguments(SignedIn signedIn, BusClient client) {
        this.signedIn = signedIn;
        this.client = client;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == Person.class || type == BusApi.class || type == Typed.class || type == Language.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("pages are asked for by HTTP");
        }
        Class<?> type = parameter.getParameterType();
        if (type == Person.class) {
            return signedIn.person(request);
        }
        if (type == Typed.class) {
            return TypedForms.take(request);
        }
        Language language = LanguageChoice.of(request);
        return type == Language.class ? language : client.as(signedIn.token(request), language.locale());
    }
}
