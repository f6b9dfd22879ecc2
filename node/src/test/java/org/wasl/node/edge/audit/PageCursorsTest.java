package org.wasl.node.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PageCursorsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final byte[] KEY = key(1);

    private final PageCursors cursors = at(NOW, KEY);

    private static byte[] key(int fill) {
        byte[] key = new byte[PageCursors.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static PageCursors at(Instant now, byte[] key) {
        return new PageCursors(key, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static AuditSearch search(@Nullable String subject, @Nullable String purpose) {
        return new AuditSearch(
                "complaint 17 of 2026",
                null,
                false,
                subject,
                null,
                null,
                null,
                purpose,
                null,
                null,
                null,
                null,
                null,
                null,
                50,
                null);
    }

    @Test
    void read_whenItIsTheSameSearch_goesOnThere() {
        String cursor = cursors.at(4_711, "auditor", search("9870000001", null));

        assertThat(cursors.read(cursor, "auditor", search("9870000001", null))).hasValue(4_711);
        assertThat(at(NOW.plus(PageCursors.LIFETIME), KEY).read(cursor, "auditor", search("9870000001", null)))
                .hasValue(4_711);
    }

    @Test
    void read_whenItIsAnotherSearchOrAnothersOrOld_isNone() {
        String cursor = cursors.at(4_711, "auditor", search("9870000001", "COURT_CASE"));

        assertThat(cursors.read(cursor, "another", search("9870000001", "COURT_CASE")))
                .isEmpty();
        assertThat(cursors.read(cursor, "auditor", search("9870000002", "COURT_CASE")))
                .isEmpty();
        assertThat(cursors.read(cursor, "auditor", search("9870000001", "LICENSING")))
                .isEmpty();
        assertThat(cursors.read(cursor, "auditor", search("9870000001", null))).isEmpty();
        assertThat(at(NOW, key(2)).read(cursor, "auditor", search("9870000001", "COURT_CASE")))
                .isEmpty();
        PageCursors later = at(NOW.plus(PageCursors.LIFETIME).plus(Duration.ofMillis(1)), KEY);
        assertThat(later.read(cursor, "auditor", search("9870000001", "COURT_CASE")))
                .isEmpty();
    }

    @Test
    void read_whenAnyBitIsFlipped_isNone() {
        String cursor = cursors.at(4_711, "auditor", search("9870000001", null));
        byte[] octets = Base64.getUrlDecoder().decode(cursor);
        for (int bit = 0; bit < octets.length * 8; bit++) {
            byte[] altered = octets.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
            assertThat(cursors.read(text, "auditor", search("9870000001", null)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
        for (String text : new String[] {"", "=", cursor + "A", cursor.substring(1), cursor + "=", "%%%"}) {
            assertThat(cursors.read(text, "auditor", search("9870000001", null)))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void at_whateverIsSearchedFor_holdsNothingOfIt() {
        String one = cursors.at(4_711, "auditor", search("9870000001", null));
        String other = cursors.at(4_711, "auditor", search("9870000002", null));

        assertThat(one).hasSameSizeAs(other).hasSizeLessThan(100).doesNotContain("987");
        assertThat(new String(Base64.getUrlDecoder().decode(one), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("9870000001");
    }
}
