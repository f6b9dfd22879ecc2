package org.wasl.node.configuration;

import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ViewResolver;
import org.wasl.node.identity.DemoUsers;
import org.wasl.screens.api.BusClient;
import org.wasl.screens.frame.Arguments;
import org.wasl.screens.frame.ErrorPages;
import org.wasl.screens.frame.Frame;
import org.wasl.screens.frame.FramePages;
import org.wasl.screens.frame.LanguageChoice;
import org.wasl.screens.frame.PageLimitFilter;
import org.wasl.screens.frame.ScreenPolicy;
import org.wasl.screens.frame.SignInUser;
import org.wasl.screens.frame.SignedIn;
import org.wasl.screens.frame.StaticFiles;
import org.wasl.screens.frame.Templates;

/** The pages: what they share here, each area in a class of its own. They call the API of this node like any client. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnPortalNode.class)
@Import({
    ScreenSignIn.class,
    PortalScreens.class,
    CitizenScreens.class,
    VerifyScreens.class,
    AuditorScreens.class,
    OperatorScreens.class
})
class ScreensConfiguration {

    private static final int DEFAULT_PORT = 8080;

    /** Where browsers find the pages. */
    static URI address(ScreenProperties screens, ServerProperties server) {
        return screens.address() == null ? loopback(server) : screens.address();
    }

    private static URI loopback(ServerProperties server) {
        return URI.create("http://127.0.0.1:" + Objects.requireNonNullElse(server.getPort(), DEFAULT_PORT));
    }

    @Bean
    BusClient busClient(ScreenProperties screens, ServerProperties server) {
        return new BusClient(
                loopback(server),
                screens.callTimeout(),
                Math.toIntExact(screens.maxAnswer().toBytes()));
    }

    /** The name by which Spring MVC finds it. */
    @Bean
    LanguageChoice localeResolver() {
        return new LanguageChoice();
    }

    @Bean
    Arguments screenArguments(SignedIn signedIn, BusClient client) {
        return new Arguments(signedIn, client);
    }

    @Bean
    StaticFiles staticFiles(LocaleResolver languages, Arguments arguments) {
        return new StaticFiles((LanguageChoice) languages, arguments);
    }

    @Bean
    MessageSource screenTexts() {
        return Templates.texts();
    }

    @Bean
    ViewResolver screenViews(ApplicationContext context, MessageSource screenTexts) {
        return Templates.views(context, screenTexts);
    }

    @Bean
    Frame screenFrame(SignedIn signedIn) {
        return new Frame(signedIn);
    }

    /** Before the API's problems: a person gets a page. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ErrorPages errorPages(Frame frame) {
        return new ErrorPages(frame);
    }

    @Bean
    FramePages framePages(ErrorPages errors, ObjectProvider<DemoUsers> demoUsers) {
        List<SignInUser> users = demoUsers.stream()
                .flatMap(known -> known.all().stream())
                .map(user -> new SignInUser(user.name(), user.label()))
                .toList();
        return new FramePages(errors, users);
    }

    @Bean
    FilterRegistrationBean<PageLimitFilter> pageLimitFilter(ScreenProperties screens) {
        FilterRegistrationBean<PageLimitFilter> filter =
                new FilterRegistrationBean<>(new PageLimitFilter(screens.pages()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        ScreenPolicy.ALL.stream()
                .filter(path -> !path.equals("/"))
                .filter(path -> !path.startsWith("/assets") && !path.startsWith("/webjars"))
                .map(path -> path.replace("/**", "/*"))
                .forEach(filter::addUrlPatterns);
        return filter;
    }
}
