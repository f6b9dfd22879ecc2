package org.wasl.routes.event;

/** The way in for publishers. */
public interface EventPublisher {

    /**
     * Publishes a fact: checks it against its schema, signs it and makes it durable. Expected refusals are values. Once it
     * returns, each subscriber whose agreement is in force will be told, whatever crashes. Publishing the same key and
     * record again gives the same event.
     *
     * @throws org.wasl.messagelog.LogUnavailableException when the log cannot be written; publish again then
     */
    Publication publish(EventDraft draft);
}
