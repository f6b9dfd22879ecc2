package org.wasl.messagelog.compact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A container as a dictionary may learn from it: a dictionary outlives what was erased, so nothing that is about one
 * message, let alone one person, may be in it. The payload is left out. Of header and signature remain the markup, the
 * codes and identifiers of organisations and services, and the certificate; every other text, and what the zip says of
 * sizes and checks, is exchanged for random characters of the same kind.
 */
final class TrainingSample {

    /** Elements whose text names organisations, services and codes, or belongs to a certificate. */
    private static final Set<String> KEPT = Set.of(
            "kind",
            "sender",
            "consumer",
            "provider",
            "service",
            "schemaVersion",
            "payloadMediaType",
            "purpose",
            "legalBasis",
            "channel",
            "locale",
            "priority",
            "MimeType",
            "X509Certificate");

    /** Attributes whose values are codes or belong to the template. */
    private static final Set<String> KEPT_ATTRIBUTES = Set.of(
            "version",
            "assurance",
            "state",
            "kind",
            "Id",
            "URI",
            "Type",
            "Algorithm",
            "Target",
            "ObjectReference",
            "media-type",
            "full-path");

    /** The digest of the certificate, in another element of the same name as the data's digests. */
    private static final String CERTIFICATE_DIGEST = "CertDigest";

    /** Entries that the format makes the same in all containers, but for the payload's name and media type. */
    private static final Set<String> SAME_IN_ALL = Set.of("mimetype", "META-INF/manifest.xml");

    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_CHECK_AT = 14;
    private static final int CENTRAL_CHECK_AT = 16;
    private static final int CENTRAL_NAME_AT = 28;
    private static final int CENTRAL_OFFSET_AT = 42;
    private static final int END_OFFSET_AT = 16;

    private static final String HEXADECIMAL = "0123456789abcdef";

    private final SplittableRandom random;

    TrainingSample(SplittableRandom random) {
        this.random = random;
    }

    /** What may be learned from this container; nothing when it is none of ours. */
    byte[] of(byte[] container) {
        List<ContainerParts.Part> parts = ContainerParts.of(container);
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        if (parts.isEmpty() || parts.stream().noneMatch(ContainerParts.Part::isPayload)) {
            return sample.toByteArray();
        }
        int at = 0;
        for (ContainerParts.Part part : parts) {
            byte[] local = copy(container, at, part.from());
            byte[] octets = part.isPayload() ? new byte[0] : copy(container, part.from(), part.end());
            if (!SAME_IN_ALL.contains(part.name())) {
                scrambleCheckAndSizes(local, LOCAL_CHECK_AT);
                mask(octets);
            }
            sample.writeBytes(local);
            sample.writeBytes(octets);
            at = part.end();
        }
        sample.writeBytes(directory(copy(container, at, container.length)));
        return sample.toByteArray();
    }

    private byte[] directory(byte[] directory) {
        ByteBuffer zip = ByteBuffer.wrap(directory).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + CENTRAL_BYTES <= directory.length && zip.getInt(at) == CENTRAL_SIGNATURE) {
            int nameLength = Math.max(0, zip.getShort(at + CENTRAL_NAME_AT));
            String name =
                    text(directory, at + CENTRAL_BYTES, Math.min(directory.length, at + CENTRAL_BYTES + nameLength));
            if (!SAME_IN_ALL.contains(name)) {
                scrambleCheckAndSizes(directory, at + CENTRAL_CHECK_AT);
                scramble(directory, at + CENTRAL_OFFSET_AT, Short.BYTES);
            }
            at += CENTRAL_BYTES + nameLength;
        }
        // What follows says where the directory stands.
        scramble(directory, Math.min(directory.length, at + END_OFFSET_AT), Short.BYTES);
        return directory;
    }

    /** Small entries have sizes of two octets; what is above them is the same in all. */
    private void scrambleCheckAndSizes(byte[] octets, int from) {
        scramble(octets, from, Integer.BYTES);
        scramble(octets, from + Integer.BYTES, Short.BYTES);
        scramble(octets, from + 2 * Integer.BYTES, Short.BYTES);
    }

    private void scramble(byte[] octets, int from, int length) {
        for (int i = from; i < Math.min(octets.length, from + length); i++) {
            octets[i] = (byte) random.nextInt();
        }
    }

    /** Markup stays; text of elements and values of attributes that are not listed are exchanged. */
    private void mask(byte[] xml) {
        String element = "";
        boolean certificateDigest = false;
        int at = 0;
        while (at < xml.length) {
            if (xml[at] == '<') {
                int end = until(xml, at, '>');
                maskAttributes(xml, at, end);
                element = name(xml, at, end);
                if (element.equals(CERTIFICATE_DIGEST)) {
                    certificateDigest = xml[at + 1] != '/';
                }
                at = end + 1;
            } else {
                int end = until(xml, at, '<');
                if (!KEPT.contains(element) && !(certificateDigest && element.equals("DigestValue"))) {
                    exchange(xml, at, end);
                }
                at = end;
            }
        }
    }

    private void maskAttributes(byte[] xml, int from, int end) {
        int at = from;
        while (at < end) {
            int quote = until(xml, at, '"');
            if (quote >= end) {
                return;
            }
            int close = Math.min(end, until(xml, quote + 1, '"'));
            int nameAt = quote - 1;
            while (nameAt > from && xml[nameAt - 1] != ' ') {
                nameAt--;
            }
            String name = text(xml, nameAt, Math.max(nameAt, quote - 1));
            if (!name.startsWith("xmlns") && !KEPT_ATTRIBUTES.contains(name.substring(name.indexOf(':') + 1))) {
                exchange(xml, quote + 1, close);
            }
            at = close + 1;
        }
    }

    private static int until(byte[] octets, int from, char wanted) {
        int at = from;
        while (at < octets.length && octets[at] != wanted) {
            at++;
        }
        return at;
    }

    /** The local name of the element whose tag this is. */
    private static String name(byte[] xml, int from, int end) {
        int begin = from + 1 < end && xml[from + 1] == '/' ? from + 2 : from + 1;
        int stop = begin;
        while (stop < end && xml[stop] != ' ') {
            if (xml[stop] == ':') {
                begin = stop + 1;
            }
            stop++;
        }
        return text(xml, begin, stop);
    }

    private static String text(byte[] octets, int from, int end) {
        return new String(octets, from, Math.max(0, end - from), StandardCharsets.ISO_8859_1);
    }

    private void exchange(byte[] octets, int from, int end) {
        boolean hexadecimal = true;
        for (int i = from; i < end; i++) {
            hexadecimal &= octets[i] == '-' || HEXADECIMAL.indexOf(octets[i]) >= 0;
        }
        for (int i = from; i < end; i++) {
            byte octet = octets[i];
            if (hexadecimal && octet != '-') {
                octets[i] = (byte) HEXADECIMAL.charAt(random.nextInt(HEXADECIMAL.length()));
            } else if (octet >= '0' && octet <= '9') {
                octets[i] = (byte) random.nextInt('0', '9' + 1);
            } else if (octet >= 'a' && octet <= 'z') {
                octets[i] = (byte) random.nextInt('a', 'z' + 1);
            } else if (octet >= 'A' && octet <= 'Z') {
                octets[i] = (byte) random.nextInt('A', 'Z' + 1);
            } else if (octet < 0) {
                octets[i] = '?';
            }
        }
    }

    private static byte[] copy(byte[] octets, int from, int to) {
        return Arrays.copyOfRange(octets, from, to);
    }
}
