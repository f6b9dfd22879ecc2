package org.wasl.security.certificate;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.http.BoundedHttp;

/**
 * Revocation lists fetched over HTTP from the addresses that the registry gives its authorities, beside those from
 * files. A list is fetched again long before it ends or its ceiling is reached; one that could not be fetched again until
 * then is dropped, and with it the certificates of its authority.
 */
public final class FetchedLists implements RevocationLists, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FetchedLists.class);

    private static final int MAX_OCTETS = 16 * 1024 * 1024;
    private static final int MAX_ADDRESSES = 64;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final RevocationSettings settings;
    private final Supplier<List<Address>> addresses;
    private final RevocationLists files;
    private final Clock clock;
    private final BoundedHttp http;
    private final Map<Address, Kept> kept = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wasl-revocation-lists");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Merged merged = new Merged(List.of(), List.of(), List.of());

    /**
     * Where an authority's list is.
     *
     * @param issuer the authority that must have signed it
     * @param location its address
     */
    public record Address(X509Certificate issuer, URI location) {}

    private record Kept(X509CRL list, Instant usableUntil, Instant refreshFrom) {}

    /** The lists of files and network together; the same object while neither changed. */
    private record Merged(List<X509CRL> files, List<X509CRL> fetched, List<X509CRL> all) {}

    /**
     * Fetches all lists once, and from then on ahead of time in the background.
     *
     * @param settings the bounds
     * @param addresses the addresses of the registry in force; those that are not HTTP are left to files
     * @param files the lists that somebody brings as files
     */
    public FetchedLists(
            RevocationSettings settings, Supplier<List<Address>> addresses, RevocationLists files, Clock clock) {
        this.settings = settings;
        this.addresses = addresses;
        this.files = files;
        this.clock = clock;
        this.http = new BoundedHttp(settings.timeout());
        refresh();
        looks.scheduleWithFixedDelay(this::refresh, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public List<X509CRL> lists() {
        Merged now = merged;
        List<X509CRL> brought = files.lists();
        if (now.files() != brought) {
            now = merge(brought, now.fetched());
            merged = now;
        }
        return now.all();
    }

    private static Merged merge(List<X509CRL> files, List<X509CRL> fetched) {
        List<X509CRL> all = new ArrayList<>(files);
        all.addAll(fetched);
        return new Merged(files, fetched, List.copyOf(all));
    }

    private void refresh() {
        try {
            Instant now = clock.instant();
            List<Address> wanted = addresses.get().stream()
                    .filter(address -> BoundedHttp.fetches(address.location()))
                    .distinct()
                    .limit(MAX_ADDRESSES)
                    .toList();
            kept.keySet().retainAll(Set.copyOf(wanted));
            for (Address address : wanted) {
                Kept before = kept.get(address);
                if (before == null || !now.isBefore(before.refreshFrom())) {
                    fetch(address, before);
                }
            }
            List<X509CRL> fetched = kept.values().stream()
                    .filter(found -> clock.instant().isBefore(found.usableUntil()))
                    .map(Kept::list)
                    .toList();
            if (!Set.copyOf(fetched).equals(Set.copyOf(merged.fetched()))) {
                merged = merge(files.lists(), fetched);
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule, and with it every later refresh.
            LOG.error("refreshing the revocation lists failed", e);
        }
    }

    private void fetch(Address address, @Nullable Kept before) {
        Instant now = clock.instant();
        try {
            X509CRL list = PathFinder.readList(http.get(address.location(), MAX_OCTETS));
            check(list, address, before);
            Instant ceiling = now.plus(settings.listCeiling());
            Instant next = list.getNextUpdate().toInstant();
            Instant until = next.isBefore(ceiling) ? next : ceiling;
            kept.put(
                    address,
                    new Kept(list, until, now.plus(Duration.between(now, until).dividedBy(4))));
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("the revocation list at {} cannot be had: {}", address.location(), e.getMessage());
            if (before != null) {
                kept.put(address, new Kept(before.list(), before.usableUntil(), now.plus(RETRY)));
            }
        }
    }

    /** A list that is not this authority's must not take the place of one that is, nor an old one that of a newer. */
    private static void check(@Nullable X509CRL list, Address address, @Nullable Kept before)
            throws GeneralSecurityException {
        Date next = list == null ? null : list.getNextUpdate();
        if (list == null || next == null) {
            throw new CRLException("it is no list, or does not say until when it may be relied on");
        }
        if (!AcceptedSignatures.contains(list.getSigAlgOID())) {
            throw new CRLException("it is signed by an algorithm that is not accepted");
        }
        list.verify(address.issuer().getPublicKey());
        if (before != null && list.getThisUpdate().before(before.list().getThisUpdate())) {
            throw new CRLException("it is older than the one at hand");
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
