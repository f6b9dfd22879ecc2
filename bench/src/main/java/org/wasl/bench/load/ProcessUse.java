package org.wasl.bench.load;

/** What the process used between two points in time. */
record ProcessUse(
        long wallNanos,
        long cpuNanos,
        long collectionNanos,
        long allocatedBytes,
        double heapPeakMebibytes,
        double heapLiveMebibytes,
        double residentPeakMebibytes) {}
