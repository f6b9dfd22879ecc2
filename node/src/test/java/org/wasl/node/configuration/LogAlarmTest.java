package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.wasl.messagelog.LogUnavailableException;

class LogAlarmTest {

    @Test
    void failed_whenTheLogHasFailed_endsWhatWasToEnd() {
        AtomicInteger ended = new AtomicInteger();
        LogAlarm alarm = new LogAlarm(ended::incrementAndGet);

        alarm.overloaded();
        assertThat(ended).hasValue(0);
        alarm.failed(new LogUnavailableException("the disk is gone", null));

        assertThat(ended).hasValue(1);
    }
}
