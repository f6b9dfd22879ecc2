package org.wasl.screens.api;

/**
 * One event of a stream.
 *
 * @param id its id, for going on after it; empty when it has none
 * @param name its type; {@code message} when the stream says none
 * @param data its data, lines joined by line feeds
 */
public record BusEvent(String id, String name, String data) {}
