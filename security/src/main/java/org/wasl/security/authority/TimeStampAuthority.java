package org.wasl.security.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.wasl.security.keys.KeyEntry;

/** Signs that octets of a digest were there at an instant (RFC 3161). Safe for many threads. */
public final class TimeStampAuthority {

    private static final int MAX_REQUEST_OCTETS = 16 * 1024;
    private static final int SERIAL_BITS = 127;
    private static final int ACCURACY_SECONDS = 1;

    /** ETSI EN 319 421, best practices policy for time-stamps. */
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("0.4.0.2023.1.1");

    private static final Set<ASN1ObjectIdentifier> DIGESTS =
            Set.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);

    private final KeyEntry key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param key the key, with a certificate for time-stamping and nothing else */
    public TimeStampAuthority(KeyEntry key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * Answers a request, DER to DER; one for another digest than SHA-256, SHA-384 or SHA-512 is answered by a refusal.
     *
     * @throws IOException when the request cannot be read
     * @throws GeneralSecurityException when the answer cannot be signed
     */
    public byte[] answer(byte[] request) throws IOException, GeneralSecurityException {
        if (request.length > MAX_REQUEST_OCTETS) {
            throw new IOException("a time-stamp request has at most " + MAX_REQUEST_OCTETS + " octets");
        }
        try {
            TimeStampRequest asked = new TimeStampRequest(request);
            TimeStampResponseGenerator responses = new TimeStampResponseGenerator(tokens(), DIGESTS);
            BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
            return responses
                    .generateGrantedResponse(asked, serial, Date.from(clock.instant()))
                    .getEncoded();
        } catch (TSPException e) {
            return rejected(e);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the time-stamp cannot be made", e);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new IOException("the time-stamp request is malformed", e);
        }
    }

    private byte[] rejected(TSPException why) throws IOException, GeneralSecurityException {
        try {
            return new TimeStampResponseGenerator(tokens(), DIGESTS)
                    .generateRejectedResponse(why)
                    .getEncoded();
        } catch (TSPException | OperatorCreationException e) {
            throw new GeneralSecurityException("the refusal of a time-stamp cannot be made", e);
        }
    }

    private TimeStampTokenGenerator tokens() throws GeneralSecurityException, OperatorCreationException, TSPException {
        DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
        SignerInfoGenerator signer = new JcaSignerInfoGeneratorBuilder(digests)
                .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(key.key()),
                        new JcaX509CertificateHolder(key.certificate()));
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                signer, digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)), POLICY);
        tokens.setAccuracySeconds(ACCURACY_SECONDS);
        tokens.addCertificates(new JcaCertStore(List.of(key.certificate())));
        return tokens;
    }
}
