package org.wasl.connectors.declaration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * What an agency declares about one connector.
 *
 * @param name the connector's name, unique in a node
 * @param file the file it was read from
 * @param service the service that it answers
 * @param description one sentence for people
 * @param parameters the inputs it takes, each with the pattern that its whole value must match
 * @param backEnd how to reach the back-end
 * @param content what comes, and how to turn it into an answer
 * @param limits the bounds on time, size and concurrency
 * @param breaker when to stop asking a back-end that fails
 * @param sample parameters that a check may ask for
 * @param later when and for how long an answer may come later; null when it never does
 * @param effect whether asking changes something
 * @param hears the events on which it is called; null when it is only asked
 */
public record ConnectorDeclaration(
        String name,
        String file,
        ServiceId service,
        String description,
        Map<String, Pattern> parameters,
        BackEndDeclaration backEnd,
        Content content,
        Limits limits,
        Breaker breaker,
        Map<String, String> sample,
        @Nullable Later later,
        Effect effect,
        @Nullable Hears hears) {

    /** A connector that is only asked. */
    public ConnectorDeclaration(
            String name,
            String file,
            ServiceId service,
            String description,
            Map<String, Pattern> parameters,
            BackEndDeclaration backEnd,
            Content content,
            Limits limits,
            Breaker breaker,
            Map<String, String> sample,
            @Nullable Later later,
            Effect effect) {
        this(
                name,
                file,
                service,
                description,
                parameters,
                backEnd,
                content,
                limits,
                breaker,
                sample,
                later,
                effect,
                null);
    }

    /** A connector that answers at once or not at all. */
    public ConnectorDeclaration(
            String name,
            String file,
            ServiceId service,
            String description,
            Map<String, Pattern> parameters,
            BackEndDeclaration backEnd,
            Content content,
            Limits limits,
            Breaker breaker,
            Map<String, String> sample) {
        this(
                name,
                file,
                service,
                description,
                parameters,
                backEnd,
                content,
                limits,
                breaker,
                sample,
                null,
                Effect.NONE,
                null);
    }

    /**
     * The events on which a connector is called, to change something at the subscriber's own back-end.
     *
     * @param events their types
     * @param subscriber the subsystem that receives them
     * @param parameters each parameter of the connector, and where an event's record says it: local names from the root,
     *     separated by {@code /}
     */
    public record Hears(List<ServiceId> events, SubsystemId subscriber, Map<String, String> parameters) {

        public Hears {
            events = List.copyOf(events);
            parameters = Map.copyOf(parameters);
        }
    }

    public ConnectorDeclaration {
        parameters = Map.copyOf(parameters);
        sample = Map.copyOf(sample);
    }

    /** Whether a connector asks, or changes something; every change is one that may be asked for twice. */
    public enum Effect {
        /** It only reads. */
        NONE,
        /** It changes something once for each request: the back-end is told the request's message id. */
        BY_KEY,
        /** It changes something, and changing it twice is the same as once, says the agency. */
        IDEMPOTENT;

        /** Whether asking changes something. */
        public boolean changes() {
            return this != NONE;
        }
    }

    /** What comes from the back-end. */
    public sealed interface Content {}

    /**
     * Data, and the way from it to a record.
     *
     * @param file the stylesheet's name, beside the declaration
     * @param stylesheet the stylesheet's text
     * @param namespace the namespace of the record that must come out
     * @param element the local name of the record that must come out
     * @param notFound an XPath that is true of what came when there is no such record
     * @param asOf an XPath for the time at which the source held it true; empty means the moment of asking
     * @param completeWhen an XPath that is true of what came when the source can vouch that there is nothing more
     * @param conflict an XPath for the code of what stands against a change; empty text means nothing does
     * @param expired an XPath for the code of what ended before it could be changed; empty text means nothing did
     */
    public record Mapping(
            String file,
            String stylesheet,
            String namespace,
            String element,
            String notFound,
            String asOf,
            String completeWhen,
            String conflict,
            String expired)
            implements Content {

        /** Of a back-end that is only read. */
        public Mapping(
                String file,
                String stylesheet,
                String namespace,
                String element,
                String notFound,
                String asOf,
                String completeWhen) {
            this(file, stylesheet, namespace, element, notFound, asOf, completeWhen, "", "");
        }
    }

    /**
     * Documents, which are passed on as they are.
     *
     * @param formats the media types that may come, each with its format
     * @param bytes the largest that is taken
     * @param notFound an XPath that is true of the back-end's JSON when there is no such document; empty where a
     *     snapshot's manifest tells it
     */
    public record Documents(Map<String, DocumentFormat> formats, int bytes, String notFound) implements Content {

        public Documents {
            formats = Map.copyOf(formats);
        }
    }

    /**
     * Answers that come later.
     *
     * @param when an XPath that is true of what came when the answer is not there yet; empty when it always is
     * @param reference an XPath for the agency's own reference of the matter; empty when it has none
     * @param reason why it is not there yet, as a code; empty without {@code when}
     * @param arabic the reason for people, in Arabic
     * @param english the reason for people, in English
     * @param whenDown whether a back-end that is down, or too slow, is asked again later too
     * @param expectedIn after how long an answer is likely; null when that is not known
     * @param staysOpen for how long the back-end is asked again
     * @param askFirst after how long it is asked again for the first time
     * @param askMost how long to wait at most between two questions
     */
    public record Later(
            String when,
            String reference,
            String reason,
            String arabic,
            String english,
            boolean whenDown,
            @Nullable Duration expectedIn,
            Duration staysOpen,
            Duration askFirst,
            Duration askMost) {}

    /**
     * The bounds.
     *
     * @param timeout the longest that one question to the back-end may take
     * @param concurrent the most questions at a time
     * @param waiting the most questions that wait for their turn; one more is refused as busy
     * @param answerBytes the largest answer that is read
     */
    public record Limits(Duration timeout, int concurrent, int waiting, int answerBytes) {}

    /**
     * The circuit breaker.
     *
     * @param window how many of the last questions it looks at
     * @param failurePercent the share of failures that opens it
     * @param open how long it stays open before it tries again
     * @param trials how many questions it then tries
     */
    public record Breaker(int window, int failurePercent, Duration open, int trials) {}
}
