package org.wasl.node.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ConcurrencyFilterTest {

    private static final int OVERLOADED = 429;

    private final ConcurrencyFilter filter = new ConcurrencyFilter(8, path -> path.equals("/free"));
    private final List<MockHttpServletRequest> underWay = new ArrayList<>();

    @Test
    void ordinary_whenTheirPlacesAreTaken_refusedWhileUrgentEnter() throws Exception {
        for (int i = 0; i < 7; i++) {
            assertThat(ask("/r1/any", null)).isEqualTo(200);
        }

        assertThat(ask("/r1/any", null)).isEqualTo(OVERLOADED);
        assertThat(ask("/r1/any", "LOW")).isEqualTo(OVERLOADED);
        assertThat(ask("/r1/any", "URGENT")).isEqualTo(200);
        assertThat(ask("/r1/any", "URGENT")).isEqualTo(OVERLOADED);
        assertThat(ask("/free", null)).isEqualTo(200);
    }

    @Test
    void places_whenRequestsEnd_areFreeAgain_forWhoeverLeft() throws Exception {
        for (int i = 0; i < 7; i++) {
            ask("/r1/any", null);
        }
        ask("/r1/any", "URGENT");
        underWay.get(7).getAsyncContext().complete();
        assertThat(ask("/r1/any", null)).as("the kept place is no ordinary one").isEqualTo(OVERLOADED);

        underWay.get(0).getAsyncContext().complete();
        assertThat(ask("/r1/any", null)).isEqualTo(200);
        assertThat(ask("/r1/any", null)).isEqualTo(OVERLOADED);
        assertThat(ask("/r1/any", "URGENT")).isEqualTo(200);
    }

    @Test
    void places_whenAllAreUrgent_areAllTheirs() throws Exception {
        for (int i = 0; i < 8; i++) {
            assertThat(ask("/r1/any", "URGENT")).isEqualTo(200);
        }
        assertThat(ask("/r1/any", null)).isEqualTo(OVERLOADED);
        underWay.forEach(request -> request.getAsyncContext().complete());
        assertThat(ask("/r1/any", null)).as("who did not enter keeps nothing").isEqualTo(200);
    }

    /** Asks, and stays under way unless refused. */
    private int ask(String path, String priority) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setAsyncSupported(true);
        if (priority != null) {
            request.addHeader("Wasl-Priority", priority);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        FilterChain stays = (asked, answer) -> asked.startAsync();
        filter.doFilter(request, response, stays);
        if (response.getStatus() == 200) {
            underWay.add(request);
        }
        return response.getStatus();
    }
}
