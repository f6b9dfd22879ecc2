package org.wasl.bench.load;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/** What this process uses: CPU time, garbage collection, heap, resident memory. */
public final class ProcessMeter {

    private static final double MEBIBYTE = 1024.0 * 1024.0;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Set<String> heapPools = new TreeSet<>();
    private long freedBytes;
    private long collectionMillis;
    private long heapPeak;
    private long heapLive;
    private @Nullable Point began;

    private record Point(long nanos, long cpuNanos, long allocatedBytes, long collectionMillis) {}

    public ProcessMeter() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                heapPools.add(pool.getName());
            }
        }
        NotificationListener listener = (notification, handback) -> collected(notification);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
            }
        }
    }

    /** User and system time of the process so far, in nanoseconds. */
    public long cpuNanos() {
        return system.getProcessCpuTime();
    }

    private void collected(Notification notification) {
        if (!GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(notification.getType())) {
            return;
        }
        var info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        long before = heapUsed(info.getGcInfo().getMemoryUsageBeforeGc());
        long after = heapUsed(info.getGcInfo().getMemoryUsageAfterGc());
        synchronized (this) {
            freedBytes += before - after;
            collectionMillis += info.getGcInfo().getDuration();
            heapPeak = Math.max(heapPeak, before);
            heapLive = Math.max(heapLive, after);
        }
    }

    private long heapUsed(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    private static long heapNow() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** From now on. */
    synchronized void begin() {
        heapPeak = 0;
        heapLive = 0;
        began = point();
    }

    private Point point() {
        // What was allocated so far is what is there and what was freed.
        return new Point(System.nanoTime(), cpuNanos(), heapNow() + freedBytes, collectionMillis);
    }

    /** What was used since {@link #begin()}. */
    synchronized ProcessUse end() {
        Point from = began;
        if (from == null) {
            throw new IllegalStateException("not begun");
        }
        Point to = point();
        double used = heapNow() / MEBIBYTE;
        return new ProcessUse(
                to.nanos() - from.nanos(),
                to.cpuNanos() - from.cpuNanos(),
                (to.collectionMillis() - from.collectionMillis()) * 1_000_000,
                Math.max(0, to.allocatedBytes() - from.allocatedBytes()),
                Math.max(used, heapPeak / MEBIBYTE),
                heapLive == 0 ? used : heapLive / MEBIBYTE,
                residentPeakMebibytes());
    }

    /** The most memory that this process ever had resident, in MiB; 0 where the system does not say. */
    public static double residentPeakMebibytes() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.UTF_8)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
                }
            }
        } catch (IOException unreadable) {
            return 0;
        }
        return 0;
    }
}
