package org.wasl.node.edge.usage;

/**
 * One use of a person's data, as the data tracker's interface has it.
 *
 * @param logtime when, RFC 3339
 * @param action what for, in words
 * @param receiverCode the identifier of the body that received the data
 * @param receiverName its name
 * @param receiverSystem the information system that received the data
 */
record Usage(String logtime, String action, String receiverCode, String receiverName, String receiverSystem) {}
