package org.wasl.screens.frame;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.UriComponentsBuilder;

/** What the layout shows around every page. */
@ControllerAdvice(basePackages = "org.wasl.screens")
public final class Frame {

    /**
     * The page's surroundings.
     *
     * @param language the page's
     * @param otherLanguage the address of the same page in the other language
     * @param person who looks at it
     * @param links where they may go
     * @param here the page's own address, for forms that are sent elsewhere
     */
    public record Surroundings(Language language, String otherLanguage, Person person, List<Link> links, String here) {}

    /**
     * @param text the key of its text
     * @param current whether the page belongs to it
     */
    public record Link(String address, String text, boolean current) {}

    private final SignedIn signedIn;

    public Frame(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** {@code frame} in every template. */
    @ModelAttribute("frame")
    public Surroundings frame(HttpServletRequest request) {
        Person person = signedIn.person(request);
        return new Surroundings(
                person.language(),
                otherLanguage(request, person.language()),
                person,
                links(request, person),
                here(request));
    }

    private static String here(HttpServletRequest request) {
        String query = request.getQueryString();
        String here = request.getRequestURI() + (query == null ? "" : "?" + query);
        return ReturnAddress.own(here) ? here : request.getRequestURI();
    }

    private static String otherLanguage(HttpServletRequest request, Language language) {
        String query = "GET".equals(request.getMethod()) ? request.getQueryString() : null;
        return UriComponentsBuilder.fromPath(request.getRequestURI())
                .query(query)
                .replaceQueryParam(LanguageChoice.NAME, language.other().code())
                .build()
                .toUriString();
    }

    private static List<Link> links(HttpServletRequest request, Person person) {
        List<Link> links = new java.util.ArrayList<>();
        String path = request.getRequestURI();
        link(links, path, "/portal", "frame.nav.portal");
        if (person.is("CITIZEN") || person.is("OFFICER")) {
            link(links, path, "/portal/requests", "frame.nav.requests");
        }
        if (person.is("CITIZEN")) {
            link(links, path, "/my-data", "frame.nav.my-data");
        }
        if (person.is("AUDITOR")) {
            link(links, path, "/auditor", "frame.nav.auditor");
        }
        if (person.is("OPERATOR")) {
            link(links, path, "/operator", "frame.nav.operator");
        }
        link(links, path, "/verify", "frame.nav.verify");
        return List.copyOf(links);
    }

    private static void link(List<Link> links, String path, String address, String text) {
        boolean below = path.equals(address) || path.startsWith(address + "/");
        boolean current = below && !(address.equals("/portal") && path.startsWith("/portal/requests"));
        links.add(new Link(address, text, current));
    }
}
