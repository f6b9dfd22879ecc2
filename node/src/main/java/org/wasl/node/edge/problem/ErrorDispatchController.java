package org.wasl.node.edge.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what the servlet container dispatches to its error page. */
@RestController
public final class ErrorDispatchController implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorDispatchController.class);

    private final Predicate<String> pages;
    private final String errorPage;

    /**
     * @param pages which addresses are people's pages
     * @param errorPage what shows people an error
     */
    public ErrorDispatchController(Predicate<String> pages, String errorPage) {
        this.pages = pages;
        this.errorPage = errorPage;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked && pages.test(asked)) {
            if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable unexpected) {
                LOG.error("a page is broken: {}", asked, unexpected);
            }
            request.getRequestDispatcher(errorPage).forward(request, response);
            return;
        }
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object address = request.getAttribute(UnhandledErrors.ADDRESS);
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable unexpected) {
            if (unexpected.getCause() instanceof RefusedException refusal) {
                ProblemResponses.write(request, response, refusal.fault(), null);
                return;
            }
            LOG.error("unexpected failure outside the controllers", unexpected);
        }
        // Asked for directly, by a caller: there is nothing here.
        int code = status instanceof Integer number ? number : 404;
        ProblemResponses.write(
                request, response, UnhandledErrors.fault(code, address instanceof String text ? text : null), null);
    }
}
