package org.wasl.security.attack;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.Parts;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.TestAuthority;
import org.wasl.security.container.TestKey;
import org.wasl.security.container.TestWorld;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/** Where attacks take place: two members, their registry, and one genuine request that is there to be attacked. */
final class Ground {

    /** Whom the genuine request asks about. */
    static final String NUMBER = "9990000001";

    private static final Ground SHARED = new Ground();

    private final TestWorld world = TestWorld.withKeys("EC");
    private final Container genuine = signed(NUMBER);
    private final Map<String, KeyPair> keys = new ConcurrentHashMap<>();

    private Ground() {}

    /** The one ground of all tests: some of its keys take seconds to make. */
    static Ground shared() {
        return SHARED;
    }

    TestWorld world() {
        return world;
    }

    /** The genuine request. */
    Container request() {
        return genuine;
    }

    /** The genuine request's file; the caller's own copy. */
    byte[] genuine() {
        return genuine.octets().clone();
    }

    Parts parts() {
        return Parts.of(genuine);
    }

    /** Another genuine request, by the same member. */
    Container another() {
        return signed("9990000002");
    }

    /** A request signed as the product signs. */
    Container signed(String number) {
        return world.signed(
                world.header(MessageKind.REQUEST, "application/xml"),
                PayloadXml.query(Map.of("nationalNumber", number)));
    }

    /** The key of the member that sends the genuine request. */
    KeyPair portal() {
        return world.portalKey.pair();
    }

    TestKey portalKey() {
        return world.portalKey;
    }

    TestKey cspdKey() {
        return world.cspdKey;
    }

    /** A key of that type, made once. */
    KeyPair key(String type) {
        return keys.computeIfAbsent(type, TestAuthority::generate);
    }

    /** A certificate for that key by the members' authority. */
    X509Certificate certificate(KeyPair pair) {
        return world.authority.issue("PORTAL messages", pair.getPublic(), 365);
    }

    Attempt attempt(byte[] octets) {
        return new Attempt(octets, world.registry, world.now);
    }

    /** An attempt where the registry has this certificate for the portal. */
    Attempt attempt(byte[] octets, X509Certificate registered) {
        return attempt(octets, world.registered(registered));
    }

    Attempt attempt(byte[] octets, RegisteredCertificate registered) {
        Registry registry = world.registry(registered, world.registered(world.cspdKey.certificate()));
        return new Attempt(octets, registry, world.now);
    }
}
