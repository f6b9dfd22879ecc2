package org.wasl.screens.frame;

import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

/** The pages' place in Spring MVC: their files, by name, and the arguments of their methods. */
public final class StaticFiles implements WebMvcConfigurer {

    private static final Duration OWN = Duration.ofMinutes(10);
    private static final Duration PINNED = Duration.ofDays(7);

    private final LanguageChoice languages;
    private final Arguments arguments;

    public StaticFiles(LanguageChoice languages, Arguments arguments) {
        this.languages = languages;
        this.arguments = arguments;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/org/wasl/screens/assets/")
                .setCacheControl(CacheControl.maxAge(OWN).cachePublic());
        WebJarVersionLocator versions = new WebJarVersionLocator();
        jar(registry, versions, "bootstrap", "css/");
        jar(registry, versions, "htmx.org", "dist/");
        jar(registry, versions, "htmx-ext-sse", "");
    }

    /** Only what pages load of a web jar, under an address without its version. */
    private static void jar(
            ResourceHandlerRegistry registry, WebJarVersionLocator versions, String name, String folder) {
        String version = versions.version(name);
        if (version == null) {
            throw new IllegalStateException("the web jar " + name + " is not on the class path");
        }
        registry.addResourceHandler("/webjars/" + name + "/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/" + name + "/" + version + "/" + folder)
                .setCacheControl(CacheControl.maxAge(PINNED).cachePublic());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(languages).addPathPatterns(ScreenPolicy.ALL);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(arguments);
    }
}
