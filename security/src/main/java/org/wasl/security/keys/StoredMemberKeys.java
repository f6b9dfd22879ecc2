package org.wasl.security.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.CurrentRegistry;

/**
 * The members' keys from their custody, looked at again while the node runs. Of several message keys of one member that is
 * used whose certificate the registry in force lists as valid, and of those the one listed from the latest instant on. So
 * a key is renewed without a restart: make it, certify it, list it, and all nodes go over to it when they have the
 * registry that lists it.
 */
public final class StoredMemberKeys implements MemberKeys, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoredMemberKeys.class);

    private final KeyCustody custody;
    private final Set<MemberId> members;
    private final CurrentRegistry registry;
    private final KeyTerms terms;
    private final Clock clock;
    private final Map<MemberId, MessageKeyChoice> choices = new ConcurrentHashMap<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wasl-keys");
        thread.setDaemon(true);
        return thread;
    });

    private volatile Map<String, DecryptionKey> decryption = Map.of();
    private volatile Map<MemberId, List<SigningKey>> issuing = Map.of();
    private volatile Map<MemberId, List<CheckpointKey>> checkpoints = Map.of();
    private volatile Map<MemberId, List<CheckpointKey>> witnesses = Map.of();
    private Object stamp = new Object();
    private volatile List<HeldKey> held = List.of();
    private volatile @Nullable String refused;

    private StoredMemberKeys(
            KeyCustody custody, Set<MemberId> members, CurrentRegistry registry, KeyTerms terms, Clock clock) {
        this.custody = custody;
        this.members = Set.copyOf(members);
        this.registry = registry;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Loads the keys and begins to look for newer ones.
     *
     * @param custody where the keys are; closed with this
     * @param members for whom this node speaks
     * @param registry says which certificates are valid
     * @throws IOException when the custody cannot be read
     * @throws GeneralSecurityException when a member has no message key, or a key breaks the terms
     */
    public static StoredMemberKeys open(
            KeyCustody custody, Set<MemberId> members, CurrentRegistry registry, KeyTerms terms, Clock clock)
            throws IOException, GeneralSecurityException {
        StoredMemberKeys keys = new StoredMemberKeys(custody, members, registry, terms, clock);
        keys.load();
        for (MemberId member : keys.members) {
            // Who signs by short-term keys alone has only the key that issues their certificates.
            if (!keys.choices.containsKey(member) && keys.issuingKeys(member).isEmpty()) {
                throw new GeneralSecurityException("there is no message key of " + member + " in " + custody);
            }
        }
        long millis = terms.interval().toMillis();
        keys.scheduler.scheduleWithFixedDelay(keys::look, millis, millis, TimeUnit.MILLISECONDS);
        return keys;
    }

    @Override
    public Optional<SigningKey> messageKey(MemberId member) {
        MessageKeyChoice choice = choices.get(member);
        return choice == null ? Optional.empty() : Optional.of(choice.inForce(registry.get(), clock.instant()));
    }

    @Override
    public Optional<DecryptionKey> decryptionKey(String certificateDigest) {
        return Optional.ofNullable(decryption.get(certificateDigest));
    }

    @Override
    public Optional<CheckpointKey> checkpointKey(MemberId member) {
        return checkpointKeys(member).stream().findFirst();
    }

    @Override
    public List<CheckpointKey> checkpointKeys(MemberId member) {
        return checkpoints.getOrDefault(member, List.of());
    }

    @Override
    public Optional<CheckpointKey> witnessKey(MemberId member) {
        return witnesses.getOrDefault(member, List.of()).stream().findFirst();
    }

    @Override
    public Set<MemberId> members() {
        return members;
    }

    /** The keys of this member that may be able to issue short-term certificates, oldest first. */
    List<SigningKey> issuingKeys(MemberId member) {
        return issuing.getOrDefault(member, List.of());
    }

    /** All keys as they were last found. */
    public List<HeldKey> held() {
        return held;
    }

    /**
     * Looks at the custody now.
     *
     * @throws IOException when it cannot be read; the keys that were loaded go on serving
     * @throws GeneralSecurityException when a key breaks the terms; the keys that were loaded go on serving
     */
    public synchronized void refresh() throws IOException, GeneralSecurityException {
        Object now = custody.stamp(members);
        if (!now.equals(stamp)) {
            load();
            stamp = now;
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        custody.close();
    }

    private synchronized void load() throws IOException, GeneralSecurityException {
        Object before = custody.stamp(members);
        List<HeldKey> found = custody.keys(members);
        terms.check(found);
        for (MemberId member : members) {
            List<HeldKey> own = found.stream()
                    .filter(key -> key.member().equals(member) && key.use() == CertificateUse.MESSAGE)
                    .filter(key -> !key.isUncertified())
                    .sorted(Comparator.comparing(key -> key.certificate().getNotBefore()))
                    .toList();
            if (!own.isEmpty()) {
                MessageKeyChoice choice = choices.get(member);
                choices.put(
                        member,
                        choice == null
                                ? MessageKeyChoice.of(member, own, custody, terms.settling())
                                : choice.with(own, custody, registry.get(), clock.instant()));
            }
        }
        decryption = decryption(found);
        issuing = issuing(found);
        checkpoints = noteKeys(found, CertificateUse.CHECKPOINT);
        witnesses = noteKeys(found, CertificateUse.WITNESS);
        held = List.copyOf(found);
        stamp = before;
    }

    private Map<String, DecryptionKey> decryption(List<HeldKey> found) throws GeneralSecurityException {
        Map<String, DecryptionKey> keys = new HashMap<>();
        for (HeldKey key : found) {
            if (key.use() == CertificateUse.ENCRYPTION && !key.isUncertified()) {
                String digest =
                        CryptoProvider.chosen().sha256Hex(key.certificate().getEncoded());
                keys.put(digest, custody.decryptionKey(key));
            }
        }
        return Map.copyOf(keys);
    }

    private Map<MemberId, List<SigningKey>> issuing(List<HeldKey> found) throws GeneralSecurityException {
        List<HeldKey> oldestFirst = found.stream()
                .filter(key -> key.use() == CertificateUse.MESSAGE_ISSUER && !key.isUncertified())
                .sorted(Comparator.comparing(key -> key.certificate().getNotBefore()))
                .toList();
        Map<MemberId, List<SigningKey>> keys = new HashMap<>();
        for (HeldKey key : oldestFirst) {
            keys.computeIfAbsent(key.member(), member -> new ArrayList<>()).add(custody.signingKey(key));
        }
        return Map.copyOf(keys);
    }

    /** Oldest first: of several, auditors and witnesses know the oldest. */
    private Map<MemberId, List<CheckpointKey>> noteKeys(List<HeldKey> found, CertificateUse use)
            throws GeneralSecurityException {
        List<HeldKey> oldestFirst = found.stream()
                .filter(key -> key.use() == use)
                .sorted(Comparator.comparing(key -> key.certificate().getNotBefore()))
                .toList();
        Map<MemberId, List<CheckpointKey>> keys = new HashMap<>();
        for (HeldKey key : oldestFirst) {
            keys.computeIfAbsent(key.member(), member -> new ArrayList<>()).add(custody.checkpointKey(key));
        }
        return Map.copyOf(keys);
    }

    private void look() {
        try {
            refresh();
            refused = null;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Told once, not at every look. An exception would end the schedule, and with it every later look.
            String told = e.toString();
            if (!told.equals(refused)) {
                LOG.error("keys in {} cannot be taken; the loaded ones go on serving", custody, e);
            }
            refused = told;
        }
    }
}
