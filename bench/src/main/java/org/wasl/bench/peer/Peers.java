package org.wasl.bench.peer;

import java.util.List;
import org.wasl.bench.peer.as4.As4;
import org.wasl.bench.peer.assembly.Assembly;
import org.wasl.bench.peer.cxf.Cxf;
import org.wasl.bench.peer.floor.Floor;
import org.wasl.bench.peer.message.Cryptography;
import org.wasl.bench.peer.message.Variant;
import org.wasl.bench.peer.raw.RawParse;
import org.wasl.bench.peer.raw.RawQueue;
import org.wasl.bench.peer.raw.RawSign;
import org.wasl.bench.peer.raw.RawSync;
import org.wasl.bench.peer.raw.RawVerify;

/** All that Wasl is measured against. Each belongs into a JVM of its own: some set the JVM's crypto provider. */
public final class Peers {

    private static final int GROUP = 64;

    private Peers() {}

    /** The physical limits first, then the floor, then what others would build with. */
    public static List<Peer> all() {
        return List.of(
                new Peer("raw-sign", "one P-256 signature, native", () -> new RawSign(Cryptography.NATIVE)),
                new Peer("raw-verify", "one P-256 verification, native", () -> new RawVerify(Cryptography.NATIVE)),
                new Peer("raw-sign-jdk", "one P-256 signature, the JDK's own", () -> new RawSign(Cryptography.JDK)),
                new Peer(
                        "raw-verify-jdk",
                        "one P-256 verification, the JDK's own",
                        () -> new RawVerify(Cryptography.JDK)),
                new Peer("raw-parse", "parsing 2 KB of XML, hardened", RawParse::new),
                new Peer("raw-fsync-1", "4 KB written and synchronised", () -> new RawSync(1)),
                new Peer(
                        "raw-fsync-64",
                        "64 records of 4 KB written and synchronised at once",
                        () -> new RawSync(GROUP)),
                new Peer("raw-queue", "one durable message through one queue", () -> new RawQueue(true)),
                new Peer("raw-queue-transient", "one message through one queue, in memory", () -> new RawQueue(false)),
                new Peer("floor", "Camel and Artemis, durable, no security, no log", () -> new Floor(true)),
                new Peer("floor-transient", "Camel and Artemis in memory, no security, no log", () -> new Floor(false)),
                new Peer(
                        "assembly",
                        "Camel, Artemis, camel-xmlsecurity, one insert a message",
                        () -> new Assembly(Variant.DEFAULTS)),
                new Peer("assembly-tuned", "the same, tuned", () -> new Assembly(Variant.TUNED)),
                new Peer("cxf", "CXF and WSS4J, signed SOAP, four rows", () -> new Cxf(Variant.DEFAULTS)),
                new Peer("cxf-tuned", "the same, tuned", () -> new Cxf(Variant.TUNED)),
                new Peer(
                        "phase4",
                        "phase4 AS4, a signed message and its signed receipt, four rows",
                        () -> new As4(Variant.DEFAULTS)),
                new Peer("phase4-tuned", "the same, tuned", () -> new As4(Variant.TUNED)));
    }
}
