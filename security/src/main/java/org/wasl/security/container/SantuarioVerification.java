package org.wasl.security.container;

import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.apache.xml.security.Init;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.signature.XMLSignatureByteInput;
import org.apache.xml.security.signature.XMLSignatureDigestInput;
import org.apache.xml.security.signature.XMLSignatureInput;
import org.apache.xml.security.signature.XMLSignatureNodeInput;
import org.apache.xml.security.utils.resolver.ResourceResolverContext;
import org.apache.xml.security.utils.resolver.ResourceResolverException;
import org.apache.xml.security.utils.resolver.ResourceResolverSpi;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.crypto.CryptoProvider;

/**
 * XML signature core validation by Santuario. Secure validation is on, but is not the defence: it lets SHA-1 and HMAC
 * pass. What may come here was decided before, by {@link SignatureStructure} and {@link CertificateTrust}.
 */
final class SantuarioVerification {

    static {
        Init.init();
    }

    private SantuarioVerification() {}

    /** Whether every reference's digest and the signature value are right under this key. */
    static boolean verifies(OpenContainer open, PublicKey key, CryptoProvider crypto) throws Refusal {
        Element signatureElement = open.signature().signature();
        try {
            XMLSignature signature = new XMLSignature(signatureElement, "", true, crypto.provider());
            signature.addResourceResolver(new ContainerResolver(open));
            return signature.checkSignatureValue(key);
        } catch (XMLSecurityException e) {
            throw Refusal.verifying(FaultCode.SIGNATURE_INVALID, "the signature cannot be computed");
        }
    }

    /** Gives out the container's own parts for the three references, by place; knows nothing else and fetches nothing. */
    private static final class ContainerResolver extends ResourceResolverSpi {

        private final Map<String, byte[]> octets;
        private final @Nullable String documentDigest;
        private final Element signedProperties;

        ContainerResolver(OpenContainer open) {
            octets = Map.of(
                    EntryNames.HEADER,
                    open.container().headerOctets(),
                    open.payloadName(),
                    open.container().payload());
            documentDigest = open.container().whole() == null
                    ? null
                    : Base64.getEncoder()
                            .encodeToString(
                                    HexFormat.of().parseHex(open.container().payloadDigest()));
            signedProperties = open.signature().signedProperties();
        }

        @Override
        public boolean engineCanResolveURI(ResourceResolverContext context) {
            // Whatever is asked is ours to answer: so Santuario's own resolvers are never tried.
            return true;
        }

        @Override
        public XMLSignatureInput engineResolveURI(ResourceResolverContext context) throws ResourceResolverException {
            String uri = context.uriToResolve;
            XMLSignatureInput input;
            byte[] entry = octets.get(uri);
            if (documentDigest != null && uri.equals(EntryNames.PAYLOAD_BIN)) {
                // The document is not in memory; its digest was computed as it was read.
                input = new XMLSignatureDigestInput(documentDigest);
            } else if (entry != null) {
                input = new XMLSignatureByteInput(entry);
            } else if (("#" + SignatureXml.PROPERTIES_ID).equals(uri)) {
                input = new XMLSignatureNodeInput(signedProperties);
                input.setExcludeComments(true);
            } else {
                throw new ResourceResolverException("generic.EmptyMessage", uri, context.baseUri);
            }
            input.setSecureValidation(context.secureValidation);
            input.setSourceURI(uri);
            return input;
        }
    }
}
