package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.wasl.agencies.AgencyCredentials;
import org.wasl.agencies.cspd.CspdServer;
import org.wasl.connectors.samples.SampleDeclarations;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.node.data.DataDirectory;
import org.wasl.routes.held.SiteKey;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.file.SecretFiles;

/** What an operator would write for each part: a node's configuration, connectors and secrets, and nothing of another agency. */
final class PartFiles {

    /** What a back-end tells once it serves, for its agency's node to connect to. */
    static final String ENDPOINTS = "endpoints.properties";

    /** The configuration in a node's directory. */
    static final String CONFIGURATION = "node.yaml";

    /** The agencies' credentials that their nodes have too. */
    private static final Map<String, String> SHARED =
            Map.of("CSPD", "cspd.reader", "DVLD", "dvld.api-key", "PTAX", "ptax.bus", "MOJ", "moj.sftp");

    private static final String INDEX_KEY = "log-index.key";
    private static final String HELD_KEY = "held-answers.key";
    private static final int MOST_SECRET_OCTETS = 4096;

    private final ClusterDirectory directory;
    private final Topology topology;

    PartFiles(ClusterDirectory directory, Topology topology) {
        this.directory = directory;
        this.topology = topology;
    }

    /** Writes all that is known before anything runs. */
    void write() throws ClusterException {
        try {
            for (Part part : topology.parts()) {
                AtomicFile.directory(directory.part(part.name()), Readers.OWNER);
                if (part.role() == Role.BACK_END) {
                    Files.createDirectories(java.util.Objects.requireNonNull(
                            directory.disclosures(part.member().orElseThrow()).getParent()));
                } else if (part.role() == Role.NODE) {
                    secrets(part);
                    connectors(part);
                }
            }
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private void secrets(Part node) throws IOException {
        String member = node.member().orElseThrow();
        Path own = directory.part(node.name()).resolve("secrets");
        AtomicFile.directory(own, Readers.OWNER);
        String database = Databases.name(node);
        secret(own, Databases.LOG_SECRET, new SecretFiles(directory.secrets()).obtain(Databases.secret(database)));
        String shared = SHARED.get(member);
        if (shared != null) {
            secret(
                    own,
                    shared,
                    new SecretFiles(directory.part(Topology.backEnd(member)).resolve("secrets")).obtain(shared));
        }
        Part first = topology.nodes(member).get(0);
        if (!first.equals(node)) {
            Path firsts = directory.part(first.name()).resolve("secrets");
            // One agency finds a person in all its logs by the same key, and what one node holds another can read.
            IndexKey.loadOrCreate(firsts.resolve(INDEX_KEY));
            SiteKey.loadOrCreate(firsts.resolve(HELD_KEY));
            for (String key : List.of(INDEX_KEY, HELD_KEY)) {
                AtomicFile.write(
                        own.resolve(key), AtomicFile.read(firsts.resolve(key), MOST_SECRET_OCTETS), Readers.OWNER);
            }
        }
    }

    private static void secret(Path folder, String name, String value) throws IOException {
        AtomicFile.write(folder.resolve(name), value.getBytes(StandardCharsets.UTF_8), Readers.OWNER);
    }

    /** The agency's own declarations: the samples', with their stylesheets. */
    private void connectors(Part node) throws IOException {
        String member = node.member().orElseThrow();
        SampleDeclarations samples = new SampleDeclarations();
        Path folder = directory.part(node.name()).resolve("connectors").resolve(member);
        for (String name : samples.declarations()) {
            if (name.startsWith(member + "/")) {
                Files.createDirectories(folder);
                copy(samples, name, folder);
            }
        }
    }

    private static void copy(SampleDeclarations samples, String name, Path folder) throws IOException {
        String text = samples.text(name);
        Files.writeString(folder.resolve(last(name)), text, StandardCharsets.UTF_8);
        String agency = name.substring(0, name.indexOf('/') + 1);
        for (String line : text.lines().toList()) {
            String value = line.strip();
            for (String key : List.of("stylesheet: ", "wsdl: ")) {
                if (value.startsWith(key)) {
                    String file = value.substring(key.length()).strip();
                    Files.writeString(folder.resolve(file), samples.text(agency + file), StandardCharsets.UTF_8);
                }
            }
        }
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** What a back-end is told of where it is to be found. */
    static Map<String, String> endpoints(String agency, String host, int port, String hostKey) {
        Map<String, String> properties = new TreeMap<>();
        switch (agency) {
            case "CSPD" -> {
                properties.put("cspd.jdbc-url", "jdbc:h2:tcp://" + host + ":" + port + "/cspd");
                properties.put("cspd.user", CspdServer.READER);
            }
            case "DVLD" -> properties.put("dvld.base-url", "http://" + host + ":" + port);
            case "PTAX" -> {
                properties.put("ptax.address", "http://" + host + ":" + port + "/ptax/accounts");
                properties.put("ptax.user", AgencyCredentials.PTAX_USER);
            }
            case "MOJ" -> {
                properties.put("moj.host", host);
                properties.put("moj.port", Integer.toString(port));
                properties.put("moj.user", AgencyCredentials.MOJ_USER);
                properties.put("moj.host-key", hostKey);
            }
            default -> throw new IllegalArgumentException("no sample agency " + agency);
        }
        return properties;
    }

    /** Writes a node's configuration; its back-end has said where it is. */
    Path configure(Part node) throws ClusterException {
        Path file = directory.part(node.name()).resolve(CONFIGURATION);
        try {
            AtomicFile.write(file, yaml(node).getBytes(StandardCharsets.UTF_8), Readers.OWNER);
            return file;
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private String yaml(Part node) throws IOException {
        Map<String, String> settings = settings(node);
        Map<String, String> backEnd = new TreeMap<>();
        String member = node.member().orElseThrow();
        if (topology.find(Topology.backEnd(member)).isPresent()) {
            Properties told = new Properties();
            Path file = directory.part(Topology.backEnd(member)).resolve(ENDPOINTS);
            try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                told.load(in);
            }
            told.stringPropertyNames().forEach(name -> backEnd.put(name, told.getProperty(name)));
        }
        StringBuilder text = new StringBuilder("# Written by wasl cluster; read by wasl node --config.\n");
        settings.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        backEnd.forEach((name, value) -> text.append("wasl.connectors.properties[")
                .append(name)
                .append("]: ")
                .append(quoted(value))
                .append('\n'));
        return text.toString();
    }

    /** A node's configuration, key by key. */
    Map<String, String> settings(Part node) {
        String site = node.bind(node.site().orElseThrow());
        boolean portal = node.member().orElseThrow().equals(ClusterPlan.PORTAL);
        boolean first = topology.nodes(node.member().orElseThrow()).get(0).equals(node);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("wasl.node.id", quoted(node.name()));
        settings.put("wasl.node.data", quoted(directory.part(node.name()).toString()));
        settings.put("wasl.trust.demo-authority", "false");
        settings.put("wasl.samples.enabled", "false");
        settings.put("wasl.broker.kind", "STANDALONE");
        settings.put(
                "wasl.broker.servers",
                topology.brokers().stream().map(PartFiles::quoted).collect(Collectors.joining(", ", "[", "]")));
        settings.put("wasl.edge.address", quoted(site));
        settings.put("wasl.edge.agency-address", quoted(site));
        settings.put("wasl.edge.agency-port", Integer.toString(node.port(Topology.AGENCY_PORT)));
        settings.put("wasl.edge.portal.enabled", Boolean.toString(portal));
        if (portal) {
            // Its own issuer is asked at loopback; other networks than its site's are kept away from this port.
            settings.put("wasl.edge.portal-address", quoted("0.0.0.0"));
        }
        settings.put("server.port", Integer.toString(node.port(Topology.PORTAL_PORT)));
        settings.put("management.server.port", Integer.toString(node.port(Topology.MANAGEMENT_PORT)));
        settings.put("wasl.evidence.witness-address", quoted(node.bind(Network.BUS)));
        settings.put("wasl.evidence.witness-port", first ? Integer.toString(node.port(Topology.WITNESS_PORT)) : "0");
        String database = Databases.name(node);
        settings.put("wasl.log.url", quoted(database(node, database, Databases.schema(topology, node))));
        settings.put("wasl.log.user", quoted(database));
        settings.put("wasl.log.secret", Databases.LOG_SECRET);
        settings.put("wasl.log.exit-on-failure", "true");
        if (topology.nodes(node.member().orElseThrow()).size() > 1) {
            settings.put("wasl.site.url", quoted(database(node, database, "site")));
            settings.put("wasl.site.user", quoted(database));
            settings.put("wasl.site.secret", Databases.LOG_SECRET);
            cache(node, settings);
        }
        return settings;
    }

    /** The nodes of one agency hold earlier answers together, on the agency's own network and on no other. */
    private void cache(Part node, Map<String, String> settings) {
        String network = node.site().orElseThrow();
        if (node.isNamed()) {
            // It must listen at one private address, which nobody knows before the container is there: each holds its
            // own.
            return;
        }
        settings.put("wasl.cache.address", quoted(node.address(network)));
        settings.put("wasl.cache.port", Integer.toString(node.port(Topology.CACHE_PORT)));
        settings.put(
                "wasl.cache.members",
                topology.nodes(node.member().orElseThrow()).stream()
                        .map(member -> quoted(member.address(network) + ":" + member.port(Topology.CACHE_PORT)))
                        .collect(Collectors.joining(", ", "[", "]")));
    }

    private String database(Part node, String name, String schema) {
        return topology.database(
                name,
                "&currentSchema=" + schema + "&connectTimeout=5&tcpKeepAlive=true&hostRecheckSeconds=1"
                        + "&sslmode=verify-full&sslrootcert="
                        + new DataDirectory(directory.part(node.name())).tls().resolve("ca.pem"));
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
