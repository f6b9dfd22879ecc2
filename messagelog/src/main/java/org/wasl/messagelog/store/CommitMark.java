package org.wasl.messagelog.store;

/**
 * One commit of the log: how far it reached and the root there. Damage whose own hashes were made to fit is narrowed
 * down to the leaves of one commit by these; a checkpoint signs one of them.
 *
 * @param size how many leaves there were after it
 * @param root the RFC 6962 root over them
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record CommitMark(long size, byte[] root) {}
