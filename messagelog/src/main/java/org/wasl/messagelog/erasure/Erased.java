package org.wasl.messagelog.erasure;

/**
 * What an erasure came to.
 *
 * @param containers how many containers were erased
 * @param records how many records of it were logged
 * @param scrubbed whether the back end's files hold nothing of it any more, as far as the back end can promise; if not,
 *     somebody was reading, and the next erasure does it
 */
public record Erased(long containers, int records, boolean scrubbed) {}
