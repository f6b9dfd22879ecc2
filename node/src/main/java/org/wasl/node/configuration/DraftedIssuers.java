package org.wasl.node.configuration;

import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import org.wasl.security.registry.IdentityIssuer;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.Trusted;

/** Adds this node's own identity issuer to the draft of the demonstration's registry. */
final class DraftedIssuers {

    private DraftedIssuers() {}

    /**
     * The draft with those of these issuers that it does not name itself; as it is when it cannot be read.
     *
     * @throws CertificateEncodingException when a certificate of the draft cannot be written again
     */
    static byte[] added(byte[] draft, RegistryXml xml, List<IdentityIssuer> own) throws CertificateEncodingException {
        if (own.isEmpty() || !(xml.readDraft(draft) instanceof RegistryReading.Readable readable)) {
            return draft;
        }
        Registry drafted = readable.registry();
        Trusted trusted = drafted.trusted();
        List<IdentityIssuer> issuers = new ArrayList<>(trusted.issuers());
        own.stream()
                .filter(issuer -> trusted.issuers().stream()
                        .noneMatch(named -> named.uri().equals(issuer.uri())))
                .forEach(issuers::add);
        return RegistryXml.write(new Registry(
                drafted.instance(),
                drafted.version(),
                drafted.issued(),
                drafted.expires(),
                drafted.grace(),
                new Trusted(trusted.anchors(), trusted.intermediates(), issuers, trusted.federations()),
                drafted.members(),
                drafted.agreements()));
    }
}
