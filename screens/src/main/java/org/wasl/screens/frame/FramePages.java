package org.wasl.screens.frame;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Pages that belong to no area: the way in, signing in, what there is not. */
@Controller
public final class FramePages {

    private final ErrorPages errors;
    private final List<SignInUser> users;

    /** @param users of the demonstration's issuer; empty where people come from elsewhere */
    public FramePages(ErrorPages errors, List<SignInUser> users) {
        this.errors = errors;
        this.users = List.copyOf(users);
    }

    @GetMapping("/")
    String root() {
        return "redirect:/portal";
    }

    /** The demonstration issuer's sign-in form; its answer is taken by the issuer. */
    @GetMapping("/login")
    String signIn(@RequestParam Optional<String> error, Model model) {
        model.addAttribute("failed", error.isPresent());
        model.addAttribute("users", users);
        return "frame/sign-in";
    }

    /** Signing in has failed on the way back from the issuer. */
    @GetMapping("/sign-in/failed")
    String failed() {
        return "frame/sign-in-failed";
    }

    /** Only forwards come here: from outside the dispatcher knows no status. */
    @RequestMapping(ScreenPolicy.ERROR)
    ModelAndView error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return errors.page(request, status instanceof Integer code ? code : 404);
    }

    @RequestMapping({"/portal/**", "/my-data/**", "/verify/**", "/auditor/**", "/operator/**"})
    void none() {
        throw new NoSuchPage();
    }
}
