package org.wasl.node.command;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.Header;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.keys.DecryptionKey;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.Pkcs12MemberKeys;

/** The decryption keys that lie in a data directory, for reading a message without a node. */
final class OfflineKeys {

    private OfflineKeys() {}

    /** An opener with the keys of the message's two parties, as far as they are there; told when they cannot be read. */
    static PayloadOpener opener(DataDirectory directory, Header header, Console console) {
        if (!header.isEncrypted()) {
            return PayloadOpener.keyless();
        }
        TrustFiles files = new TrustFiles(directory.root());
        List<DecryptionKey> keys = new ArrayList<>();
        for (MemberId party : parties(header)) {
            try {
                keys.addAll(Pkcs12MemberKeys.decryptionKeys(files.keys(), files.secrets(), party));
            } catch (IOException | GeneralSecurityException unreadable) {
                console.note("container.keys-unreadable", party, String.valueOf(unreadable.getMessage()));
            }
        }
        Map<String, DecryptionKey> byDigest = keys.stream()
                .collect(Collectors.toMap(
                        key -> KeyEntry.digest(key.certificate()), Function.identity(), (one, other) -> one));
        return new PayloadOpener(digest -> Optional.ofNullable(byDigest.get(digest)));
    }

    private static Set<MemberId> parties(Header header) {
        return new LinkedHashSet<>(
                List.of(header.provider().member(), header.consumer().member()));
    }
}
