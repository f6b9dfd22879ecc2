package org.wasl.routes.exchange;

/**
 * A route that reads one queue.
 *
 * @param routeId its id
 * @param uri the JMS endpoint
 * @param owner the subsystem (requests) or member (replies) whose queue it is
 */
record QueueIntake(String routeId, String uri, Object owner) {}
