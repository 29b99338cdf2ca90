package org.mssante.launcher.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * The conditions of a run.
 *
 * @param processors the JVM may use
 * @param memory of the machine in octets
 */
public record Machine(String system, int processors, long memory, String java) {

    public static Machine here() {
        OperatingSystemMXBean bean = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                bean.getName() + " " + bean.getVersion() + " " + bean.getArch(),
                bean.getAvailableProcessors(),
                bean.getTotalMemorySize(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    /** The first line of a report. */
    String words() {
        return system + ", " + processors + " processors, " + java;
    }

    /** As the member {@code machine} of the object being written. */
    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeStringField("system", system);
        json.writeNumberField("processors", processors);
        json.writeNumberField("memoryBytes", memory);
        json.writeStringField("generatorJava", java);
        json.writeEndObject();
    }
}
