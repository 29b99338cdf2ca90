package org.mssante.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mssante.core.metrics.Metric;

class HealthTest {

    @Test
    void aCheckThatFailsIsAFindingAndTheOthersAreStillAsked() {
        Health health = new Health(List.of(
                check("queues", () -> {
                    throw new IllegalStateException("no answer");
                }),
                check("disk", () -> List.of(new Finding(Alarm.DISK_SPACE_LOW, "12 MB")))));

        assertThat(health.look())
                .containsExactly(
                        new Finding(Alarm.CHECK_FAILED, "queues: java.lang.IllegalStateException: no answer"),
                        new Finding(Alarm.DISK_SPACE_LOW, "12 MB"));
    }

    @Test
    void aDiskWithMoreThanTheThresholdIsWellAndOneWithLessIsNot(@TempDir Path folder) {
        assertThat(new DiskWatch(folder, 0).look()).isEmpty();
        assertThat(new DiskWatch(folder, Integer.MAX_VALUE).look())
                .extracting(Finding::alarm)
                .containsExactly(Alarm.DISK_SPACE_LOW);
    }

    @Test
    void noTwoAlarmsShareACode() {
        assertThat(Arrays.stream(Alarm.values()).map(Alarm::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void everyAlarmHasItsSentenceInBothLanguages(Alarm alarm) {
        assertThat(alarm.english()).endsWith(".").isASCII();
        assertThat(alarm.french()).endsWith(".").isNotEqualTo(alarm.english());
        assertThat(Alarm.ofCode(alarm.code())).contains(alarm);
    }

    private static Watch check(String subject, java.util.function.Supplier<List<Finding>> look) {
        return new Watch() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public List<Finding> look() {
                return look.get();
            }

            @Override
            public List<Metric> metrics() {
                return List.of();
            }
        };
    }
}
