package org.wasl.node.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    /** So many that without reservation three ports would be found twice on average. */
    private static final int MANY = 200;

    @Test
    void find_whenCalledAgainBeforeAnybodyListens_neverGivesThePortsOfBefore() throws IOException {
        List<Integer> first = FreePorts.find(MANY);
        List<Integer> second = FreePorts.find(MANY);

        assertThat(first).doesNotHaveDuplicates().hasSize(MANY);
        assertThat(second).doesNotHaveDuplicates().hasSize(MANY).doesNotContainAnyElementsOf(first);
    }
}
