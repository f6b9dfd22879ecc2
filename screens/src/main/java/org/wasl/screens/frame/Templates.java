package org.wasl.screens.frame;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.servlet.ViewResolver;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templatemode.TemplateMode;

/** The pages' templates and texts. */
public final class Templates {

    /** The areas, each with texts of its own. */
    public static final List<String> AREAS = List.of("frame", "portal", "verify", "citizen", "auditor", "operator");

    private Templates() {}

    /** The pages' texts. A key without a text is a defect: it fails, and is not shown as a key. */
    public static MessageSource texts() {
        ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
        texts.setBasenames(
                AREAS.stream().map(area -> "org/wasl/screens/messages/" + area).toArray(String[]::new));
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        // English texts stand in the files without a language.
        texts.setFallbackToSystemLocale(false);
        return texts;
    }

    /** What turns a page's name into HTML. */
    public static ViewResolver views(ApplicationContext context, MessageSource texts) {
        SpringResourceTemplateResolver files = new SpringResourceTemplateResolver();
        files.setApplicationContext(context);
        files.setPrefix("classpath:/org/wasl/screens/templates/");
        files.setSuffix(".html");
        files.setTemplateMode(TemplateMode.HTML);
        files.setCharacterEncoding(StandardCharsets.UTF_8.name());
        files.setCacheable(true);
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(files);
        engine.setTemplateEngineMessageSource(texts);
        engine.setEnableSpringELCompiler(false);
        ThymeleafViewResolver views = new ThymeleafViewResolver();
        views.setApplicationContext(context);
        views.setTemplateEngine(engine);
        views.setCharacterEncoding(StandardCharsets.UTF_8.name());
        views.setContentType("text/html;charset=UTF-8");
        views.setRedirectHttp10Compatible(false);
        return views;
    }
}
