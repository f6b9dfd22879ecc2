package org.wasl.security.authority;

import java.nio.file.Path;
import java.time.Duration;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.registry.RegistrySource;

/**
 * Where everything that trust rests on is, in a data directory.
 *
 * @param data the data directory
 */
public record TrustFiles(Path data) {

    /** The name of the secret that opens {@link #server()}. */
    public static final String SERVER_SECRET = "tls-server";

    /** The name of the secret that opens {@link #trusted()}. */
    public static final String TRUSTED_SECRET = "tls-trusted";

    /** The name of the secret that opens {@link #brokerClient()}. */
    public static final String CLIENT_SECRET = "tls-client";

    /** The generated passwords. */
    public SecretFiles secrets() {
        return new SecretFiles(data.resolve("secrets"));
    }

    /** The authorities' keys and certificates; a node that is not the authority's has only the certificates. */
    public Path authority() {
        return data.resolve("authority");
    }

    /** The registry authority's certificate, PEM: what a node pins. */
    public Path authorityCertificate() {
        return authority().resolve("registry-authority.pem");
    }

    /** The published registry. */
    public Path registry() {
        return data.resolve("registry");
    }

    /** Where the registry is, what the node keeps of it, and how often it looks. */
    public RegistrySource registrySource(Duration interval) {
        return new RegistrySource(registry(), registry().resolve("accepted"), interval);
    }

    /** The members' message keys; see {@link Pkcs12MemberKeys}. */
    public Path keys() {
        return data.resolve("keys");
    }

    /** The node's own TLS key and certificate (PKCS#12), for its HTTPS port and the broker's, as server and client. */
    public Path server() {
        return data.resolve("tls").resolve("server.p12");
    }

    /** The TLS authority's certificate as a trust store (PKCS#12). */
    public Path trusted() {
        return data.resolve("tls").resolve("trusted.p12");
    }

    /** The member's registered TLS key and certificate (PKCS#12), with which its node uses a broker that stands alone. */
    public Path brokerClient() {
        return data.resolve("tls").resolve("client.p12");
    }

    /** The member's client certificate as {@code cert.pem}, {@code key.pem} and {@code ca.pem}, for curl and scripts. */
    public Path client(MemberId member) {
        return data.resolve("clients").resolve(member.member());
    }
}
