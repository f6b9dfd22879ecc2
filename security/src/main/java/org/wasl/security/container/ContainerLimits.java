package org.wasl.security.container;

/**
 * How large a container and its parts may be; looked at before anything is read.
 *
 * @param maxContainerBytes the whole file
 * @param maxHeaderBytes {@code header.xml}
 * @param maxPayloadBytes {@code payload.xml} or {@code payload.bin}
 * @param maxSignatureBytes {@code META-INF/signatures.xml}
 */
public record ContainerLimits(int maxContainerBytes, int maxHeaderBytes, int maxPayloadBytes, int maxSignatureBytes) {

    private static final int KIB = 1024;

    public ContainerLimits {
        if (maxContainerBytes < 1 || maxHeaderBytes < 1 || maxPayloadBytes < 1 || maxSignatureBytes < 1) {
            throw new IllegalArgumentException("a container's limits must be positive");
        }
    }

    /** 10 MiB of payload, 16 KiB of header, 32 KiB of signature. */
    public static ContainerLimits standard() {
        return new ContainerLimits((10 * KIB + 64) * KIB, 16 * KIB, 10 * KIB * KIB, 32 * KIB);
    }
}
