package org.wasl.security.attack;

import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Attack.Gate.READING;

import java.util.function.Function;
import java.util.stream.Stream;
import org.wasl.schemas.fault.FaultCode;

/** Does the same to each of the three documents that a verifier parses. */
final class Documents {

    private Documents() {}

    /**
     * The header and the payload by a member who signs the result, the signatures by anybody.
     *
     * @param change gets the document's text
     */
    static Stream<Attack> each(Category category, String what, FaultCode code, Function<String, byte[]> change) {
        return each(category, what, code, code, code, change);
    }

    /** The same, where the three are refused in different words. */
    static Stream<Attack> each(
            Category category,
            String what,
            FaultCode header,
            FaultCode signatures,
            FaultCode payload,
            Function<String, byte[]> change) {
        return Stream.of(
                Attack.signed(
                        category,
                        "header: " + what,
                        OPENING,
                        header,
                        p -> p.octets(Terms.HEADER, change.apply(p.text(Terms.HEADER)))),
                Attack.onParts(
                        category,
                        "signatures: " + what,
                        OPENING,
                        signatures,
                        p -> p.octets(Terms.SIGNATURES, change.apply(p.text(Terms.SIGNATURES)))),
                Attack.signed(
                        category,
                        "payload: " + what,
                        READING,
                        payload,
                        p -> p.octets(Terms.PAYLOAD, change.apply(p.text(Terms.PAYLOAD)))));
    }

    /** Puts text right after the root's start tag. */
    static String inside(String document, String text) {
        int at = document.indexOf('>') + 1;
        return document.substring(0, at) + text + document.substring(at);
    }

    /** Puts text into the root's start tag. */
    static String attribute(String document, String text) {
        int at = document.indexOf('>');
        return document.substring(0, at) + " " + text + document.substring(at);
    }

    /** Puts text before the first end tag: at the end of the first text. */
    static String afterFirstText(String document, String text) {
        int at = document.indexOf("</");
        return document.substring(0, at) + text + document.substring(at);
    }
}
