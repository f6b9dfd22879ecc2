package org.wasl.messagelog.leaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;

class LeafTest {

    private static final HexFormat HEX = HexFormat.of();

    private static byte[] counting(int from) {
        byte[] octets = new byte[32];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (from + i);
        }
        return octets;
    }

    /** Worked out from the description of format 1 by a program in another language. */
    @Test
    void hash_ofAKnownLeaf_isTheKnownOne() {
        byte[] subjectHash = IndexKey.of(counting(0)).subjectHash("9801012345");
        byte[] commitment = new Payload(counting(32), "container".getBytes(StandardCharsets.UTF_8)).commitment();
        Leaf leaf = new Leaf(
                1,
                1_795_248_000_123L,
                "SENT",
                "JO/GOV/PORTAL",
                "6f1a2b3c-0000-4000-8000-000000000001",
                "corr",
                "REQUEST",
                "JO/GOV/PORTAL/web",
                "JO/GOV/PORTAL/web",
                "JO/GOV/CSPD/registry",
                "JO/GOV/CSPD/registry/person-record/v1",
                "مخالصة",
                "",
                null,
                1_795_248_060_123L,
                null,
                subjectHash,
                commitment);

        assertThat(HEX.formatHex(subjectHash))
                .isEqualTo("d0ad8dbc05da4cf1c7d169f3b38b0f2ff1ca1799b568e393dd286294a88bcf14");
        assertThat(HEX.formatHex(commitment))
                .isEqualTo("71d1f9d129ac8ce0ce0c8f7754571f12edfed7b3c5986069f3b5c0f872962023");
        assertThat(leaf.encode(7)).hasSize(320);
        assertThat(HEX.formatHex(leaf.hash(7)))
                .isEqualTo("05498557f2e07d90fb668f0d0c4c6fa449bd933f016fc7645a933088f3983cc7");
    }

    @Test
    void prepare_whenLoggedTwice_commitsDifferently() {
        LogEntry entry = Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID());
        IndexKey key = IndexKey.of(counting(0));

        PreparedEntry first = PreparedEntry.prepare(entry, key);
        PreparedEntry second = PreparedEntry.prepare(entry, key);

        assertThat(first.payload().salt())
                .hasSize(32)
                .isNotEqualTo(second.payload().salt());
        assertThat(first.leaf().commitment()).isNotEqualTo(second.leaf().commitment());
        assertThat(first.subjectHash()).isEqualTo(second.subjectHash());
        assertThat(first.leaf().subject())
                .isEqualTo(first.payload().subjectCommitment(first.subjectHash()))
                .isNotEqualTo(second.leaf().subject());
    }

    /** Worked out from the description of format 3 by a program in another language. */
    @Test
    void subjectCommitment_ofAKnownSubject_isTheKnownOne() {
        byte[] subjectHash = IndexKey.of(counting(0)).subjectHash("9801012345");

        assertThat(HEX.formatHex(new Payload(counting(32), new byte[0]).subjectCommitment(subjectHash)))
                .isEqualTo("b6264ccdbbdde67f125147e86f8e8dd210960d20f8024709d51cdc6e0068facc");
    }

    @Test
    void prepare_whenARecordSaysNotWhoOrWhat_isACallersError() {
        byte[] document = "{}".getBytes(StandardCharsets.UTF_8);
        IndexKey key = IndexKey.of(counting(0));
        LogEntry good = LogEntry.recorded(Entries.PORTAL, Instant.EPOCH, "ERASURE", "actor", null, document);

        assertThat(PreparedEntry.prepare(good, key).leaf().direction()).isEqualTo("RECORDED");
        LogEntry empty = LogEntry.recorded(Entries.PORTAL, Instant.EPOCH, "ERASURE", "actor", null, new byte[0]);
        assertThatThrownBy(() -> PreparedEntry.prepare(empty, key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prepare_whenAcceptedTextIsNotStorable_isACallersError() {
        LogEntry good = Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID());
        IndexKey key = IndexKey.of(counting(0));

        for (String bad : new String[] {"a\u0000b", "\uD800", "line\nbreak", "x".repeat(257)}) {
            assertThatThrownBy(() -> PreparedEntry.prepare(altered(good, bad, Instant.EPOCH), key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("actor");
        }
        assertThatThrownBy(() -> PreparedEntry.prepare(altered(good, "actor", Instant.MAX), key))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LogEntry altered(LogEntry entry, String actor, Instant expires) {
        return new LogEntry(
                entry.member(),
                entry.direction(),
                entry.at(),
                entry.messageId(),
                entry.correlationId(),
                entry.kind(),
                entry.sender(),
                entry.consumer(),
                entry.provider(),
                entry.service(),
                entry.purpose(),
                actor,
                entry.inReplyTo(),
                expires,
                entry.subject(),
                entry.fault(),
                entry.container());
    }
}
