package org.wasl.routes.broker;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.xml.XmlText;
import org.wasl.security.registry.Registry;

/**
 * {@code broker.xml}: the embedded broker's bounds, queues and rights in the words of Artemis' configuration. Whoever is
 * not named in it may do nothing: there is no right that holds for all addresses.
 */
final class BrokerXml {

    /** The permissions of Artemis that members may have; declaring, deleting and managing are nobody's. */
    private enum Permission {
        SEND,
        CONSUME,
        BROWSE;

        Collection<MemberId> holders(Queues.DeclaredQueue queue) {
            return this == SEND ? queue.senders() : List.of(queue.reader());
        }
    }

    private static final String JOURNAL_FILE_BYTES = "4194304";
    private static final long PAGE_BYTES = 1024L * 1024;
    private static final int KEPT_JOURNAL_FILES = 10;
    /** How soon it takes up what changed in this file. */
    private static final int LOOK_MILLIS = 1_000;
    /** For how long it remembers what it allowed. */
    private static final int REMEMBERED_MILLIS = 1_000;

    private static final int CONNECTION_TTL_MILLIS = 60_000;
    private static final int PAIR_SILENCE_MILLIS = 10_000;
    /**
     * How often the one that serves looks for the other, which does not listen until it serves itself: never in vain for whom it
     * waits, since the other one comes by itself. Each look opens both key stores, slow to open on purpose.
     */
    private static final int PEER_LOOK_MILLIS = 5_000;

    private static final int SYNC_MILLIS = 120_000;
    private static final int SAVED_JOURNALS = 2;
    private static final String UNLIMITED = "-1";

    private final BrokerSite site;
    private final BrokerSettings bounds;
    private final Path trust;
    private final String trustPassword;
    private final String clusterSecret;
    private final StringBuilder xml = new StringBuilder();

    /**
     * @param trust the trust store of exactly those who are let in
     * @param trustPassword its password
     * @param clusterSecret what brokers of a pair show each other
     */
    BrokerXml(BrokerSite site, BrokerSettings bounds, Path trust, String trustPassword, String clusterSecret) {
        this.site = site;
        this.bounds = bounds;
        this.trust = trust;
        this.trustPassword = trustPassword;
        this.clusterSecret = clusterSecret;
    }

    /** The file for this registry. */
    String of(Registry registry) {
        List<Queues.DeclaredQueue> queues = Queues.declaredAlone(registry).stream()
                .sorted(Comparator.comparing(Queues.DeclaredQueue::name))
                .toList();
        xml.setLength(0);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<!-- Made from version ")
                .append(registry.version())
                .append(" of the signed registry: change that, not this. -->\n");
        open("configuration xmlns=\"urn:activemq\"");
        open("core xmlns=\"urn:activemq:core\"");
        general();
        storage();
        wires();
        rights(queues);
        settings(queues);
        addresses(queues);
        limits(registry);
        close("core");
        close("configuration");
        return xml.toString();
    }

    private void general() {
        element("name", site.name());
        element("security-enabled", "true");
        element("security-invalidation-interval", REMEMBERED_MILLIS);
        element("populate-validated-user", "true");
        element("reject-empty-validated-user", "true");
        element("suppress-session-notifications", "true");
        element("jmx-management-enabled", "false");
        element("configuration-file-refresh-period", LOOK_MILLIS);
        element("message-expiry-scan-period", bounds.expiryScan().toMillis());
        element("cluster-user", "wasl-pair");
        element("cluster-password", clusterSecret);
        // A broker that hangs must give way to the other one.
        element("critical-analyzer-policy", "HALT");
    }

    private void storage() {
        element("persistence-enabled", "true");
        element("journal-type", "NIO");
        element("journal-buffer-timeout", bounds.journalBufferNanos());
        element("journal-file-size", JOURNAL_FILE_BYTES);
        element("journal-pool-files", KEPT_JOURNAL_FILES);
        element("journal-directory", "./data/journal");
        element("bindings-directory", "./data/bindings");
        element("paging-directory", "./data/paging");
        element("large-messages-directory", "./data/large");
        element("global-max-size", bounds.globalMemoryBytes());
        element("min-disk-free", bounds.diskFreeBytes());
    }

    private void wires() {
        open("connectors");
        attributed("connector", "name=\"self\"", connector(site.address()));
        site.pair().ifPresent(pair -> attributed("connector", "name=\"peer\"", connector(pair.peer())));
        close("connectors");
        open("acceptors");
        attributed("acceptor", "name=\"members\"", acceptor());
        close("acceptors");
        site.pair().ifPresent(this::pair);
    }

    private void pair(BrokerSite.Pair pair) {
        open("ha-policy");
        open("replication");
        // Both are primaries: whichever gets the lock serves, and neither waits for the other one to come back.
        open("primary");
        open("manager");
        element("class-name", "org.apache.activemq.artemis.lockmanager.file.FileBasedLockManager");
        open("properties");
        xml.append("<property key=\"locks-folder\" value=\"")
                .append(XmlText.attribute(
                        pair.locks().toAbsolutePath().normalize().toString()))
                .append("\"/>\n");
        close("properties");
        close("manager");
        element("coordination-id", coordination(pair));
        element("group-name", "wasl");
        element("initial-replication-sync-timeout", SYNC_MILLIS);
        element("max-saved-replicated-journals-size", SAVED_JOURNALS);
        close("primary");
        close("replication");
        close("ha-policy");
        open("cluster-connections");
        open("cluster-connection name=\"pair\"");
        element("connector-ref", "self");
        element("check-period", PAIR_SILENCE_MILLIS / 2);
        element("connection-ttl", PAIR_SILENCE_MILLIS);
        element("retry-interval", PEER_LOOK_MILLIS);
        element("message-load-balancing", "OFF");
        element("max-hops", "1");
        open("static-connectors");
        element("connector-ref", "peer");
        close("static-connectors");
        close("cluster-connection");
        close("cluster-connections");
    }

    /** The same for both, whoever is asked. */
    private String coordination(BrokerSite.Pair pair) {
        String both = Stream.of(site.address(), pair.peer())
                .map(BrokerAddress::toString)
                .sorted()
                .collect(Collectors.joining(" "));
        return UUID.nameUUIDFromBytes(both.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String acceptor() {
        return "tcp://" + new BrokerAddress(site.bind(), site.address().port()) + "?protocols=CORE;needClientAuth=true"
                // Members come and go with the registry; their store is read again when it changes.
                + ";sslAutoReload=true" + ";connectionsAllowed="
                + bounds.quotas().connections()
                + ";connectionTtlMax=" + CONNECTION_TTL_MILLIS + tls();
    }

    private String connector(BrokerAddress address) {
        return "tcp://" + address + "?verifyHost=true" + tls();
    }

    private String tls() {
        return ";sslEnabled=true;enabledProtocols=TLSv1.3"
                + ";keyStoreType=PKCS12;keyStorePath="
                + encoded(site.keyStore().toAbsolutePath().normalize().toString())
                + ";keyStorePassword=" + encoded(site.keyStorePassword())
                + ";trustStoreType=PKCS12;trustStorePath=" + encoded(trust.toString())
                + ";trustStorePassword=" + encoded(trustPassword);
    }

    private void rights(List<Queues.DeclaredQueue> queues) {
        open("security-settings");
        for (Queues.DeclaredQueue queue : queues) {
            open("security-setting match=\"" + XmlText.attribute(queue.name()) + "\"");
            for (Permission permission : Permission.values()) {
                String roles = permission.holders(queue).stream()
                        .map(MemberId::dotted)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(","));
                if (!roles.isEmpty()) {
                    String type = permission.name().toLowerCase(java.util.Locale.ROOT);
                    xml.append("<permission type=\"")
                            .append(type)
                            .append("\" roles=\"")
                            .append(XmlText.attribute(roles))
                            .append("\"/>\n");
                }
            }
            close("security-setting");
        }
        close("security-settings");
    }

    private void settings(List<Queues.DeclaredQueue> queues) {
        open("address-settings");
        open("address-setting match=\"#\"");
        element("auto-create-queues", "false");
        element("auto-create-addresses", "false");
        element("auto-delete-queues", "false");
        element("auto-delete-addresses", "false");
        element("max-delivery-attempts", bounds.deliveryAttempts());
        element("redelivery-delay", bounds.redeliveryDelay().toMillis());
        element("redelivery-delay-multiplier", "2");
        element("max-redelivery-delay", bounds.redeliveryDelayMax().toMillis());
        element("max-size-bytes", bounds.addressMemoryBytes());
        element("page-size-bytes", Math.min(PAGE_BYTES, bounds.addressMemoryBytes()));
        element("address-full-policy", "PAGE");
        element("page-limit-bytes", bounds.addressDiskBytes());
        element("page-full-policy", "FAIL");
        close("address-setting");
        for (Queues.DeclaredQueue queue : queues) {
            boolean last = queue.name().equals(Queues.deadLetter(queue.reader()))
                    || queue.name().equals(Queues.expired(queue.reader()));
            open("address-setting match=\"" + XmlText.attribute(queue.name()) + "\"");
            element("dead-letter-address", Queues.deadLetter(queue.reader()));
            element("expiry-address", Queues.expired(queue.reader()));
            if (last) {
                // There is nowhere further to go: it waits until it is read.
                element("max-delivery-attempts", UNLIMITED);
            }
            close("address-setting");
        }
        close("address-settings");
    }

    private void addresses(List<Queues.DeclaredQueue> queues) {
        open("addresses");
        for (Queues.DeclaredQueue queue : queues) {
            String name = XmlText.attribute(queue.name());
            open("address name=\"" + name + "\"");
            open("anycast");
            xml.append("<queue name=\"").append(name).append("\"><durable>true</durable></queue>\n");
            close("anycast");
            close("address");
        }
        close("addresses");
    }

    private void limits(Registry registry) {
        open("resource-limit-settings");
        registry.members().forEach(member -> {
            open("resource-limit-setting match=\""
                    + XmlText.attribute(member.id().dotted()) + "\"");
            element("max-sessions", bounds.quotas().sessions());
            element("max-queues", "0");
            close("resource-limit-setting");
        });
        close("resource-limit-settings");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void open(String tag) {
        xml.append('<').append(tag).append(">\n");
    }

    private void close(String tag) {
        xml.append("</").append(tag).append(">\n");
    }

    private void element(String name, long value) {
        element(name, Long.toString(value));
    }

    private void element(String name, String value) {
        attributed(name, "", value);
    }

    private void attributed(String name, String attributes, String value) {
        xml.append('<')
                .append(name)
                .append(attributes.isEmpty() ? "" : " ")
                .append(attributes)
                .append('>')
                .append(XmlText.text(value))
                .append("</")
                .append(name)
                .append(">\n");
    }
}
