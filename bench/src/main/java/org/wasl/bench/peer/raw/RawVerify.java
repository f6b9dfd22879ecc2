package org.wasl.bench.peer.raw;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
import org.wasl.bench.peer.message.Cryptography;
import org.wasl.bench.peer.message.Party;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.WrongAnswerException;

/** Verifying one P-256 signature over the record: what every received message costs at least. */
public final class RawVerify implements Workload {

    static final String ALGORITHM = "SHA256withECDSA";

    private record Signed(PublicKey key, byte[] signature) {}

    private final Cryptography cryptography;
    private final byte[] record = Payloads.record();
    private @Nullable Signed signed;

    public RawVerify(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    @Override
    public String name() {
        return cryptography == Cryptography.NATIVE ? "raw-verify" : "raw-verify-jdk";
    }

    @Override
    public void start(Path directory) throws Exception {
        Party party = Party.make("signer", cryptography.provider());
        signed = new Signed(
                party.publicKey(cryptography.provider()), RawSign.sign(cryptography.provider(), party, record));
    }

    @Override
    public CompletionStage<?> call(long number) {
        return verify(record);
    }

    CompletionStage<?> verify(byte[] octets) {
        Signed known = Objects.requireNonNull(signed);
        try {
            Signature signature = Signature.getInstance(ALGORITHM, cryptography.provider());
            signature.initVerify(known.key());
            signature.update(octets);
            return signature.verify(known.signature())
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(new WrongAnswerException("the signature does not verify"));
        } catch (GeneralSecurityException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "algorithm", "ECDSA P-256, SHA-256 (" + ALGORITHM + ")",
                "provider", cryptography.description(),
                "payload", Payloads.recordBytes() + " octets");
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
