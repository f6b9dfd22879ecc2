package org.wasl.security.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordOwnerTest {

    private static final String OWNER = "9870000001";

    @ParameterizedTest
    @CsvSource({
        "<v xmlns='urn:x'><owner><id>9870000001</id></owner></v>, v/owner/id, true",
        "<v xmlns='urn:x'><owner><id> 9870000001 </id></owner></v>, v/owner/id, true",
        "<v><owner><id>9870000009</id></owner><owner><id>9870000001</id></owner></v>, v/owner/id, true",
        "<v><owner><id>9870000002</id></owner></v>, v/owner/id, false",
        "<v><owner><name>9870000001</name></owner></v>, v/owner/id, false",
        "<v><owner/></v>, v/owner/id, false",
        "<v/>, v/owner/id, false",
        "<w><owner><id>9870000001</id></owner></w>, v/owner/id, false",
        "<v><seller><owner><id>9870000001</id></owner></seller></v>, v/owner/id, false",
        "<v><owner><id>98700000011</id></owner></v>, v/owner/id, false",
        "<v><owner><id>9870000001<x/></id></owner></v>, v/owner/id, true",
        "<v><owner>, v/owner/id, false",
    })
    void owns_asTheRecordSays(String record, String path, boolean owns) {
        assertThat(RecordOwner.owns(record.getBytes(StandardCharsets.UTF_8), path, OWNER))
                .isEqualTo(owns);
    }

    @org.junit.jupiter.api.Test
    void owns_whenTheNumberIsBlank_isNobody() {
        byte[] record = "<v><owner><id></id></owner></v>".getBytes(StandardCharsets.UTF_8);
        assertThat(RecordOwner.owns(record, "v/owner/id", "")).isFalse();
    }
}
