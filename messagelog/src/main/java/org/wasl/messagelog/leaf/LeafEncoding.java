package org.wasl.messagelog.leaf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A leaf's octets, format 3. In format 2 the subject is its keyed hash itself; format 1 is the same as 2 without evidence.
 * Everything is big-endian. A <em>field</em> is its length in octets (4 octets, unsigned) and
 * then its octets; a field that is absent is the length {@code FFFFFFFF} alone, so absent and empty differ. Text is
 * UTF-8, as it stands in the log; a UUID is its text in lower case.
 *
 * <pre>
 *  1 octet    format, 03
 *  8 octets   index of the leaf in the log, from 0
 *  8 octets   at, milliseconds since 1970-01-01T00:00Z
 *  field      direction        SENT, RECEIVED, REFUSED or RECORDED
 *  field      member           instance/class/member
 *  field      message id
 *  field      correlation id
 *  field      kind             REQUEST, REPLY, FAULT or EVENT
 *  field      sender           instance/class/member/subsystem
 *  field      consumer         instance/class/member/subsystem
 *  field      provider         instance/class/member/subsystem
 *  field      service          instance/class/member/subsystem/service/vN
 *  field      purpose
 *  field      actor
 *  field      in reply to
 *  field      expires          8 octets, milliseconds since 1970-01-01T00:00Z
 *  field      fault code
 *  field      subject          32 octets, HMAC-SHA256(salt, HMAC-SHA256(index key of the log, subject))
 *  field      commitment       32 octets, HMAC-SHA256(salt, container)
 *  field      evidence         32 octets for each piece: SHA-256 of the OCSP response or revocation list
 * </pre>
 *
 * The leaf's hash is SHA-256 of {@code 00} and these octets (RFC 6962). The index stands in the leaf so that a leaf that
 * was moved can be told from one that was edited.
 */
final class LeafEncoding {

    private static final int ABSENT = -1;
    private static final int FIXED_BYTES = 1 + Long.BYTES + Long.BYTES;

    private LeafEncoding() {}

    static byte[] encode(Leaf leaf, long index) {
        byte[] expires = leaf.expiresMillis() == null
                ? null
                : ByteBuffer.allocate(Long.BYTES).putLong(leaf.expiresMillis()).array();
        byte @Nullable [][] all = {
            utf8(leaf.direction()),
            utf8(leaf.member()),
            utf8(leaf.messageId()),
            utf8(leaf.correlationId()),
            utf8(leaf.kind()),
            utf8(leaf.sender()),
            utf8(leaf.consumer()),
            utf8(leaf.provider()),
            utf8(leaf.service()),
            utf8(leaf.purpose()),
            utf8(leaf.actor()),
            utf8(leaf.inReplyTo()),
            expires,
            utf8(leaf.fault()),
            leaf.subject(),
            leaf.commitment(),
            leaf.evidence(),
        };
        byte @Nullable [][] fields = leaf.format() == Leaf.FIRST_FORMAT ? Arrays.copyOf(all, all.length - 1) : all;
        int length = FIXED_BYTES;
        for (byte[] field : fields) {
            length += Integer.BYTES + (field == null ? 0 : field.length);
        }
        ByteBuffer octets = ByteBuffer.allocate(length);
        octets.put((byte) leaf.format()).putLong(index).putLong(leaf.atMillis());
        for (byte[] field : fields) {
            if (field == null) {
                octets.putInt(ABSENT);
            } else {
                octets.putInt(field.length).put(field);
            }
        }
        return octets.array();
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
