package org.wasl.bench.peer.raw;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
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

/** One P-256 signature over the record: what every signed message costs at least. */
public final class RawSign implements Workload {

    /** Verifying all of them would measure verifying. */
    private static final int VERIFY_ONE_OF = 1_024;

    private final Cryptography cryptography;
    private final byte[] record = Payloads.record();
    private @Nullable Party party;

    public RawSign(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    @Override
    public String name() {
        return cryptography == Cryptography.NATIVE ? "raw-sign" : "raw-sign-jdk";
    }

    @Override
    public void start(Path directory) throws Exception {
        party = Party.make("signer", cryptography.provider());
    }

    @Override
    public CompletionStage<?> call(long number) {
        try {
            byte[] signature = sign(cryptography.provider(), Objects.requireNonNull(party), record);
            if (number % VERIFY_ONE_OF == 0) {
                verify(signature);
            }
            return CompletableFuture.completedFuture(signature);
        } catch (GeneralSecurityException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    static byte[] sign(Provider provider, Party party, byte[] octets) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(RawVerify.ALGORITHM, provider);
        signature.initSign(party.privateKey());
        signature.update(octets);
        return signature.sign();
    }

    private void verify(byte[] octets) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(RawVerify.ALGORITHM, cryptography.provider());
        signature.initVerify(Objects.requireNonNull(party).publicKey(cryptography.provider()));
        signature.update(record);
        if (!signature.verify(octets)) {
            throw new WrongAnswerException("the signature does not verify");
        }
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "algorithm", "ECDSA P-256, SHA-256 (" + RawVerify.ALGORITHM + ")",
                "provider", cryptography.description(),
                "payload", Payloads.recordBytes() + " octets",
                "checked", "one of " + VERIFY_ONE_OF + " signatures is verified");
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
