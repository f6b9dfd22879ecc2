package org.wasl.security.timestamp;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.http.BoundedHttp;
import org.wasl.security.registry.Registry;

/**
 * Asks an authority for time-stamps (RFC 3161 over HTTP) and believes only those that hold: about these octets, in answer
 * to this very question, by whom the registry trusts. Safe for many threads.
 */
public final class TimeStampClient {

    private static final String QUERY = "application/timestamp-query";
    private static final int NONCE_BITS = 128;

    private final BoundedHttp http;
    private final TimeStampVerifier verifier;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param timeout how long one time-stamp may take in all
     * @param verifier judges what comes
     */
    public TimeStampClient(Duration timeout, TimeStampVerifier verifier) {
        this.http = new BoundedHttp(timeout);
        this.verifier = verifier;
    }

    /**
     * Has octets time-stamped. Only their SHA-256 leaves this process.
     *
     * @param address where the authority answers
     * @param registry says whom to trust for time-stamps
     */
    public TimeStampOutcome stamp(URI address, byte[] octets, Registry registry) {
        TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
        requests.setCertReq(true);
        TimeStampRequest request = requests.generate(
                NISTObjectIdentifiers.id_sha256,
                CryptoProvider.chosen().sha256(octets),
                new BigInteger(NONCE_BITS, random).setBit(NONCE_BITS - 1));
        byte[] answer;
        try {
            answer = http.post(address, QUERY, request.getEncoded(), TimeStampVerifier.MAX_OCTETS);
        } catch (IOException e) {
            return new TimeStampOutcome.Unreachable(String.valueOf(e.getMessage()));
        }
        return outcome(answer, request, octets, registry);
    }

    private TimeStampOutcome outcome(byte[] answer, TimeStampRequest request, byte[] octets, Registry registry) {
        if (answer.length == 0) {
            return new TimeStampOutcome.Refused("the answer is empty");
        }
        try {
            TimeStampResponse response =
                    new TimeStampResponse(TimeStampResp.getInstance(ASN1Primitive.fromByteArray(answer)));
            // Status, nonce, imprint and whether the certificate that was asked for came.
            response.validate(request);
            TimeStampToken token = response.getTimeStampToken();
            if (token == null) {
                return new TimeStampOutcome.Refused("the authority refuses: " + response.getStatusString());
            }
            byte[] bare = token.getEncoded();
            TimeStampVerdict verdict = verifier.verifyNow(bare, octets, registry);
            if (!(verdict instanceof TimeStampVerdict.Proven proof)) {
                return new TimeStampOutcome.Refused(((TimeStampVerdict.Refused) verdict).detail());
            }
            CMSSignedData complete = StatusInToken.put(token.toCMSSignedData(), proof.evidence());
            return new TimeStampOutcome.Stamped(complete.getEncoded(), proof);
        } catch (IOException | TSPException e) {
            return new TimeStampOutcome.Refused("the answer is no time-stamp: " + e.getMessage());
        } catch (RuntimeException e) {
            // BouncyCastle reports malformed ASN.1 that it meets late by unchecked exceptions of many kinds.
            // Whatever it is, such octets show nothing.
            return new TimeStampOutcome.Refused("the answer is no time-stamp");
        }
    }
}
