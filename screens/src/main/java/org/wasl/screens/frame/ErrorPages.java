package org.wasl.screens.frame;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.ApiFailure;
import org.wasl.screens.api.Problem;

/** A page instead of one that cannot be shown: what is wrong, in the person's language, and what can be done. */
@ControllerAdvice(basePackages = "org.wasl.screens")
public final class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    private final Frame frame;

    public ErrorPages(Frame frame) {
        this.frame = frame;
    }

    @ExceptionHandler
    ModelAndView failed(ApiFailure failure, HttpServletRequest request) {
        if (failure.answer() instanceof ApiAnswer.Refused refused) {
            return page(request, refused.status(), refused.problem());
        }
        return page(request, HttpStatus.SERVICE_UNAVAILABLE.value(), "frame.error.unreachable");
    }

    @ExceptionHandler
    ModelAndView absent(NoSuchPage absent, HttpServletRequest request) {
        return page(request, HttpStatus.NOT_FOUND.value(), "frame.error.not-found");
    }

    @ExceptionHandler({
        org.springframework.web.bind.MissingServletRequestParameterException.class,
        org.springframework.web.method.annotation.MethodArgumentTypeMismatchException.class,
        org.springframework.web.HttpRequestMethodNotSupportedException.class
    })
    ModelAndView malformed(Exception malformed, HttpServletRequest request) {
        return page(request, HttpStatus.BAD_REQUEST.value(), "frame.error.malformed");
    }

    @ExceptionHandler
    ModelAndView broken(RuntimeException defect, HttpServletRequest request) {
        LOG.error("a page is broken: {}", request.getRequestURI(), defect);
        return page(request, HttpStatus.INTERNAL_SERVER_ERROR.value(), "frame.error.broken");
    }

    /** The page for a status that a filter answered with. */
    ModelAndView page(HttpServletRequest request, int status) {
        return switch (status) {
            case 403 -> page(request, status, "frame.error.forbidden");
            case 404 -> page(request, status, "frame.error.not-found");
            case 400, 405, 413 -> page(request, status, "frame.error.malformed");
            default -> page(request, status, "frame.error.broken");
        };
    }

    private ModelAndView page(HttpServletRequest request, int status, String key) {
        ModelAndView page = page(request, status, new Problem("", "", "", false));
        page.addObject("key", key);
        return page;
    }

    private ModelAndView page(HttpServletRequest request, int status, Problem problem) {
        HttpStatus known = HttpStatus.resolve(status);
        ModelAndView page = new ModelAndView("frame/error", known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known);
        page.addObject("frame", frame.frame(request));
        page.addObject("problem", problem);
        page.addObject("key", "");
        page.addObject("status", String.format(Locale.ROOT, "%d", status));
        return page;
    }
}
