package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.file.SecretFiles;

/**
 * The two PostgreSQL servers: which is the primary, and how the other takes its place. What a node was told is committed
 * is on both, since the primary waits for its standby; so none of it is lost with the primary.
 */
public final class Databases {

    private static final String SUPERUSER = "postgres";
    private static final String REPLICATOR = "replicator";
    private static final String SETTINGS = "wasl.conf";
    private static final String SIGNAL = "standby.signal";
    private static final String PASSWORDS = "passwords";
    /** Under which a node has the password of its database's role. */
    static final String LOG_SECRET = "log-database";

    private static final Duration PROMOTION = Duration.ofSeconds(60);
    private static final String ANYWHERE = "all";
    private static final int MOST_NAME = 64;

    private final ClusterDirectory directory;
    private final Topology topology;
    private final SecretFiles secrets;

    Databases(ClusterDirectory directory, Topology topology) {
        this.directory = directory;
        this.topology = topology;
        this.secrets = new SecretFiles(directory.secrets());
    }

    /** The name of the server that is the primary, or was when it ran last. */
    public String primary() throws ClusterException {
        try {
            return new String(AtomicFile.read(directory.primaryFile(), MOST_NAME), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException first) {
            return Topology.PRIMARY;
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /** The name of the server that is not the primary. */
    public String standby() throws ClusterException {
        return primary().equals(Topology.PRIMARY) ? Topology.STANDBY : Topology.PRIMARY;
    }

    /**
     * Makes the standby the primary. The old primary is ended first, with everything that still runs of it, and stays so:
     * two servers that both take what nodes write would be two truths.
     *
     * @return the new primary
     * @throws ClusterException when the standby does not take over in time
     */
    public String promote() throws ClusterException, InterruptedException {
        Part old = topology.part(primary());
        Part next = topology.part(standby());
        fence(old);
        try {
            AtomicFile.write(directory.primaryFile(), next.name().getBytes(StandardCharsets.UTF_8), Readers.EVERYBODY);
            // Until there is a standby again, nobody could confirm what is written.
            configure(next, false);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
        Tool.run(as(
                next,
                List.of(
                        "pg_ctl",
                        "promote",
                        "-w",
                        "-t",
                        Long.toString(PROMOTION.toSeconds()),
                        "-D",
                        data(next).toString())));
        return next.name();
    }

    /** Lets the fenced server come back, as the standby of the one that is the primary now. */
    public void rejoin() throws ClusterException {
        new ClusterProcess(directory, topology.part(standby())).start();
    }

    /** Whether the standby has what the primary commits before anybody is told that it is committed. */
    public boolean synchronous() throws ClusterException {
        Tool.Ended asked = query(
                topology.part(primary()),
                "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync','quorum')");
        return asked.ok() && "1".equals(asked.output());
    }

    /**
     * Gives the role of a member's nodes another password. Sessions that are open stay; each node takes up the new one at
     * its next start.
     *
     * @param member the member's code
     */
    public void rotatePassword(String member) throws ClusterException {
        List<Part> nodes = topology.nodes(member);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("the cluster has no node of " + member);
        }
        String role = name(nodes.get(0));
        try {
            Files.deleteIfExists(directory.secrets().resolve(secret(role)));
            String password = secrets.obtain(secret(role));
            must(topology.part(primary()), "ALTER ROLE " + role + " PASSWORD '" + password + "'");
            for (Part node : nodes) {
                text(directory.part(node.name()).resolve("secrets").resolve(LOG_SECRET), password);
            }
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private void fence(Part old) throws ClusterException, InterruptedException {
        ClusterProcess process = new ClusterProcess(directory, old);
        process.hold();
        process.kill9();
        Namespaces.empty(directory.namespace(old));
    }

    // What the supervisor needs.

    /** What starts this server; it stays in the foreground. */
    List<String> command(Part part) throws ClusterException {
        List<String> command =
                new ArrayList<>(List.of("postgres", "-D", data(part).toString()));
        settings(part).forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return as(part, command);
    }

    /** How this server is configured, beyond whom it follows; no value has spaces. */
    private Map<String, String> settings(Part part) {
        Path home = directory.part(part.name());
        Path tls = home.resolve("tls");
        String address = part.bind(Network.DATA);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "0.0.0.0".equals(address) ? "*" : "127.0.0.1," + address);
        settings.put("port", Integer.toString(part.port(Topology.SERVICE_PORT)));
        settings.put("unix_socket_directories", "");
        settings.put("hba_file", home.resolve("pg_hba.conf").toString());
        settings.put("shared_buffers", "48MB");
        settings.put("max_connections", "120");
        settings.put("wal_level", "replica");
        settings.put("wal_keep_size", "512MB");
        settings.put("max_wal_size", "512MB");
        settings.put("wal_log_hints", "on");
        settings.put("hot_standby", "on");
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("wal_sender_timeout", "5s");
        settings.put("wal_receiver_timeout", "5s");
        settings.put("tcp_keepalives_idle", "5");
        settings.put("tcp_keepalives_interval", "2");
        settings.put("tcp_keepalives_count", "3");
        settings.put("ssl", "on");
        settings.put("ssl_min_protocol_version", "TLSv1.3");
        settings.put("ssl_cert_file", tls.resolve("server.pem").toString());
        settings.put("ssl_key_file", tls.resolve("server-key.pem").toString());
        return settings;
    }

    /** Writes what a server in a container starts from, see docker/database/start. */
    void write(Part part) throws ClusterException {
        Path home = directory.part(part.name());
        try {
            AtomicFile.directory(home, Readers.EVERYBODY);
            access(home);
            StringBuilder arguments = new StringBuilder();
            settings(part)
                    .forEach((name, value) ->
                            arguments.append(name).append('=').append(value).append('\n'));
            text(home.resolve("server.args"), arguments.toString());
            Part primary = topology.part(primary());
            if (part.equals(primary)) {
                text(home.resolve("superuser"), secrets.obtain("postgres"));
                // Last, since from then on nothing is committed without a standby.
                text(
                        home.resolve("furnish.sql"),
                        String.join(";\n", furnishing()) + ";\nALTER SYSTEM SET synchronous_standby_names = '*';\n");
            } else {
                text(home.resolve("follow.conninfo"), source(primary, REPLICATOR) + " application_name=" + part.name());
            }
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private static void text(Path file, String text) throws IOException {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8), Readers.OWNER);
    }

    /** Who may connect, and with which passwords servers know each other: in files, for others see what stands in a command. */
    private void access(Path home) throws IOException {
        text(
                home.resolve(PASSWORDS),
                "*:*:*:" + REPLICATOR + ":" + secrets.obtain("db-replicator") + "\n*:*:*:" + SUPERUSER + ":"
                        + secrets.obtain("postgres") + "\n");
        text(home.resolve("pg_hba.conf"), rules());
    }

    /** Everything that an empty primary needs to be made, an order each; schemas are made by the databases' owners' nodes. */
    private List<String> furnishing() throws IOException {
        List<String> orders = new ArrayList<>();
        orders.add(
                "CREATE ROLE " + REPLICATOR + " LOGIN REPLICATION PASSWORD '" + secrets.obtain("db-replicator") + "'");
        for (Part node : topology.parts(Role.NODE)) {
            String name = name(node);
            if (schema(topology, node).endsWith("_1")) {
                orders.add("CREATE ROLE " + name + " LOGIN PASSWORD '" + secrets.obtain(secret(name)) + "'");
                orders.add("CREATE DATABASE " + name + " OWNER " + name);
                orders.add("REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
            }
            orders.add("\\connect " + name + "\nCREATE SCHEMA IF NOT EXISTS " + schema(topology, node)
                    + " AUTHORIZATION " + name);
            orders.add("CREATE SCHEMA IF NOT EXISTS site AUTHORIZATION " + name + ";\n\\connect postgres\nSELECT 1");
        }
        return orders;
    }

    /** Makes what this server needs before it starts: its first data, or those of the primary. */
    void prepare(Part part) throws ClusterException {
        Path home = directory.part(part.name());
        try {
            AtomicFile.directory(home, Readers.EVERYBODY);
            access(home);
            Tool.run(List.of("chown", "-R", PostgresPrograms.USER, home.toString()));
            if (part.name().equals(primary())) {
                if (!Files.exists(data(part).resolve("PG_VERSION"))) {
                    initialise(part, home);
                }
                // What is said of standbys stays: one may follow already, and nothing it confirmed may be lost.
                if (!Files.exists(data(part).resolve(SETTINGS))) {
                    configure(part, false);
                }
            } else {
                follow(part);
            }
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private void initialise(Part part, Path home) throws ClusterException, IOException {
        Path password = home.resolve("superuser-password");
        AtomicFile.write(password, secrets.obtain("postgres").getBytes(StandardCharsets.UTF_8), Readers.OWNER);
        try {
            Tool.run(List.of("chown", PostgresPrograms.USER, password.toString()));
            Tool.run(as(
                    part,
                    List.of(
                            "initdb",
                            "-D",
                            data(part).toString(),
                            "-U",
                            SUPERUSER,
                            "--auth=scram-sha-256",
                            "--pwfile=" + password,
                            "--data-checksums",
                            "--encoding=UTF8",
                            "--locale=C.UTF-8",
                            "--no-instructions")));
        } finally {
            Files.deleteIfExists(password);
        }
    }

    /** Becomes, or stays, the standby of the primary that there is. */
    private void follow(Part part) throws ClusterException, IOException {
        Part primary = topology.part(primary());
        if (!Files.exists(data(part).resolve("PG_VERSION"))) {
            copy(part, primary);
        } else if (!Files.exists(data(part).resolve(SIGNAL))) {
            // Else pg_rewind may still read there the timeline before the promotion, and find nothing to take back.
            must(primary, "CHECKPOINT");
            // It was the primary: what nobody took over from it is taken back, or everything is copied.
            Tool.Ended rewound = Tool.attempt(
                    as(
                            part,
                            List.of(
                                    "pg_rewind",
                                    "--target-pgdata=" + data(part),
                                    "--source-server=" + source(primary, SUPERUSER) + " dbname=postgres")),
                    Map.of());
            if (!rewound.ok()) {
                copy(part, primary);
            }
        }
        Path signal = data(part).resolve(SIGNAL);
        Files.write(signal, new byte[0]);
        Tool.run(List.of("chown", PostgresPrograms.USER, signal.toString()));
        configure(part, false);
    }

    private void copy(Part part, Part primary) throws ClusterException, IOException {
        Tool.run(List.of("rm", "-rf", data(part).toString()));
        Tool.run(as(
                part,
                List.of(
                        "pg_basebackup",
                        "-D",
                        data(part).toString(),
                        "-X",
                        "stream",
                        "-c",
                        "fast",
                        "-d",
                        source(primary, REPLICATOR))));
    }

    /** Writes down whom this server follows, and whether a standby must confirm. */
    private void configure(Part part, boolean confirmed) throws ClusterException, IOException {
        Path data = data(part);
        Path main = data.resolve("postgresql.conf");
        String include = "include_if_exists '" + SETTINGS + "'";
        String text = Files.readString(main, StandardCharsets.UTF_8);
        if (!text.contains(include)) {
            Files.writeString(main, text + "\n" + include + "\n", StandardCharsets.UTF_8);
        }
        Part primary = topology.part(primary());
        StringBuilder settings = new StringBuilder("synchronous_standby_names = '" + (confirmed ? "*" : "") + "'\n");
        if (!part.equals(primary)) {
            settings.append("primary_conninfo = '")
                    .append(source(primary, REPLICATOR).replace("'", "''"))
                    .append(" application_name=")
                    .append(part.name())
                    .append("'\n");
        }
        Path file = data.resolve(SETTINGS);
        AtomicFile.write(file, settings.toString().getBytes(StandardCharsets.UTF_8), Readers.OWNER);
        Tool.run(List.of("chown", PostgresPrograms.USER, file.toString(), main.toString()));
    }

    /** How one server reaches the other. */
    private String source(Part server, String user) {
        Part reader = topology.parts(Role.DATABASE).stream()
                .filter(part -> !part.equals(server))
                .findFirst()
                .orElseThrow();
        return "host=" + server.address(Network.DATA) + " port=" + server.port(Topology.SERVICE_PORT) + " user=" + user
                + " passfile=" + directory.part(reader.name()).resolve(PASSWORDS)
                + " connect_timeout=5 sslmode=verify-full sslrootcert="
                + directory.part(reader.name()).resolve("tls").resolve("ca.pem");
    }

    /**
     * Who may connect: each agency's nodes to its own database, from their own addresses. Whoever tries a cluster out here reads
     * logs from the station, as an agency's own auditor with its password would from a desk of the agency.
     */
    private String rules() {
        StringBuilder rules = new StringBuilder("host all " + SUPERUSER + " 127.0.0.1/32 scram-sha-256\n");
        for (Part server : topology.parts(Role.DATABASE)) {
            String address = from(server);
            rules.append("hostssl all " + SUPERUSER + " " + address + " scram-sha-256\n");
            rules.append("hostssl replication " + REPLICATOR + " " + address + " scram-sha-256\n");
        }
        for (Part node : topology.parts(Role.NODE)) {
            String name = name(node);
            rules.append("hostssl " + name + " " + name + " " + from(node) + " scram-sha-256\n");
            if (!ANYWHERE.equals(from(node))) {
                String station = topology.station().get(Network.DATA);
                rules.append("hostssl " + name + " " + name + " " + station + "/32 scram-sha-256\n");
            }
        }
        return rules.toString();
    }

    /** Where addresses are names, networks and their policies keep others away: the address is not known before. */
    private static String from(Part part) {
        String address = part.address(Network.DATA);
        return address.equals(part.name()) ? ANYWHERE : address + "/32";
    }

    /** The database of a node's agency, and its role. */
    static String name(Part node) {
        return node.member().orElseThrow().toLowerCase(Locale.ROOT);
    }

    /** The schema of a node's own log. */
    static String schema(Topology topology, Part node) {
        return "node_" + (topology.nodes(node.member().orElseThrow()).indexOf(node) + 1);
    }

    /** The secret with the password of an agency's role. */
    static String secret(String database) {
        return "db-" + database;
    }

    /** Whether this server takes connections. */
    boolean answers(Part part) throws ClusterException {
        return Tool.attempt(
                        Namespaces.within(
                                directory.namespace(part),
                                List.of(
                                        PostgresPrograms.path("pg_isready"),
                                        "-q",
                                        "-U",
                                        SUPERUSER,
                                        "-d",
                                        SUPERUSER,
                                        "-h",
                                        "127.0.0.1",
                                        "-p",
                                        Integer.toString(part.port(Topology.SERVICE_PORT)))),
                        Map.of())
                .ok();
    }

    /** Makes roles, databases and schemas that are missing. */
    void furnish() throws ClusterException {
        Part primary = topology.part(primary());
        try {
            role(primary, REPLICATOR, "REPLICATION", secrets.obtain("db-replicator"));
            for (Part node : topology.parts(Role.NODE)) {
                String name = name(node);
                role(primary, name, "", secrets.obtain(secret(name)));
                if (!"1".equals(must(primary, "SELECT count(*) FROM pg_database WHERE datname = '" + name + "'"))) {
                    must(primary, "CREATE DATABASE " + name + " OWNER " + name);
                    must(primary, "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
                }
                for (String schema : List.of(schema(topology, node), "site")) {
                    must(primary, name, "CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION " + name);
                }
            }
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private void role(Part primary, String name, String rights, String password) throws ClusterException {
        if (!"1".equals(must(primary, "SELECT count(*) FROM pg_roles WHERE rolname = '" + name + "'"))) {
            must(primary, "CREATE ROLE " + name + " LOGIN " + rights + " PASSWORD '" + password + "'");
        }
    }

    /** Once a standby follows, the primary waits for it; told once it is so. */
    boolean confirm() throws ClusterException {
        Part primary = topology.part(primary());
        Tool.Ended streaming = query(primary, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'");
        if (!streaming.ok() || !"1".equals(streaming.output())) {
            return false;
        }
        // One that still has what nobody took over begins to stream again and again, and never confirms anything.
        Tool.Ended here = query(primary, "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)");
        Tool.Ended there = query(
                topology.part(standby()),
                "SELECT lpad(upper(to_hex(received_tli)), 8, '0') FROM pg_stat_wal_receiver WHERE status = 'streaming'");
        if (!here.ok() || !there.ok() || !here.output().equals(there.output())) {
            return false;
        }
        try {
            configure(primary, true);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
        must(primary, "SELECT pg_reload_conf()");
        return true;
    }

    private String must(Part server, String sql) throws ClusterException {
        return must(server, SUPERUSER, sql);
    }

    private String must(Part server, String database, String sql) throws ClusterException {
        Tool.Ended answer = query(server, database, sql);
        if (!answer.ok()) {
            throw new ClusterException(ClusterProblem.TOOL, server.name() + ": " + answer.output());
        }
        return answer.output();
    }

    private Tool.Ended query(Part server, String sql) throws ClusterException {
        return query(server, SUPERUSER, sql);
    }

    private Tool.Ended query(Part server, String database, String sql) throws ClusterException {
        Path orders = directory.part(server.name()).resolve("orders-" + UUID.randomUUID() + ".sql");
        try {
            AtomicFile.write(orders, sql.getBytes(StandardCharsets.UTF_8), Readers.OWNER);
            return Tool.attempt(
                    Namespaces.within(
                            directory.namespace(server),
                            List.of(
                                    PostgresPrograms.path("psql"),
                                    "-X",
                                    "-q",
                                    "-t",
                                    "-A",
                                    "-v",
                                    "ON_ERROR_STOP=1",
                                    "-h",
                                    "127.0.0.1",
                                    "-p",
                                    Integer.toString(server.port(Topology.SERVICE_PORT)),
                                    "-U",
                                    SUPERUSER,
                                    "-d",
                                    database,
                                    "-f",
                                    orders.toString())),
                    Map.of(
                            "PGPASSWORD",
                            secrets.obtain("postgres"),
                            "PGCONNECT_TIMEOUT",
                            "5",
                            "HOME",
                            directory.part(server.name()).toString()));
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        } finally {
            delete(orders);
        }
    }

    private static void delete(Path file) throws ClusterException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private Path data(Part part) {
        return directory.part(part.name()).resolve("data");
    }

    /** The command in the server's namespace, under the databases' user. */
    private List<String> as(Part part, List<String> command) throws ClusterException {
        List<String> whole = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + PostgresPrograms.USER,
                "--regid=" + PostgresPrograms.USER,
                "--init-groups",
                "env",
                "HOME=" + directory.part(part.name()),
                PostgresPrograms.path(command.get(0))));
        whole.addAll(command.subList(1, command.size()));
        return Namespaces.within(directory.namespace(part), whole);
    }
}
