package org.wasl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker/compose.yaml} is the topology that runs natively, and every service of it is confined. */
class ComposeTest {

    private static final Path FILE = Path.of(System.getProperty("wasl.root"), "docker", "compose.yaml");
    private static final Topology TOPOLOGY = Topology.of(ClusterPlan.usual());

    /** What makes the files of all parts, once; it is no part of what runs. */
    private static final String MAKER = "files";

    private static final Set<String> KEYS = Set.of(
            "image",
            "user",
            "read_only",
            "tmpfs",
            "cap_drop",
            "security_opt",
            "restart",
            "stop_grace_period",
            "stop_signal",
            "logging",
            "profiles",
            "build",
            "network_mode",
            "command",
            "environment",
            "mem_limit",
            "cpus",
            "pids_limit",
            "networks",
            "volumes",
            "healthcheck",
            "depends_on",
            "ports");

    private static Map<String, Map<String, Object>> services = Map.of();
    private static Map<String, Object> networks = Map.of();

    @BeforeAll
    @SuppressWarnings("unchecked") // what a YAML reader without types gives
    static void read() throws IOException {
        Map<String, Object> file =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE, StandardCharsets.UTF_8));
        services = new TreeMap<>((Map<String, Map<String, Object>>) file.get("services"));
        networks = (Map<String, Object>) file.get("networks");
    }

    @Test
    void services_areThePartsOfTheTopology() {
        Set<String> names = new TreeSet<>(services.keySet());
        names.remove(MAKER);
        assertThat(names)
                .isEqualTo(
                        new TreeSet<>(TOPOLOGY.parts().stream().map(Part::name).toList()));
    }

    @Test
    void networks_areThoseOfTheTopologyAndTheFrontsOwn_andHaveNoWayOut() {
        Set<String> expected =
                new TreeSet<>(TOPOLOGY.networks().stream().map(Network::name).toList());
        expected.add("public");
        assertThat(new TreeSet<>(networks.keySet())).isEqualTo(expected);
        networks.forEach((name, settings) -> {
            if (!name.equals("public")) {
                assertThat(settings).as(name).isEqualTo(Map.of("internal", true));
            }
        });
    }

    @TestFactory
    List<DynamicTest> part_isOnItsNetworks_withItsPorts_afterWhatItNeeds() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Part part : TOPOLOGY.parts()) {
            tests.add(DynamicTest.dynamicTest(part.name(), () -> {
                Map<String, Object> service = service(part.name());
                if (part.role() == Role.FRONT) {
                    assertThat(list(service, "networks")).containsExactlyInAnyOrder("site-portal", "public");
                } else {
                    assertThat(list(service, "networks"))
                            .containsExactlyInAnyOrderElementsOf(
                                    part.addresses().keySet());
                }
                assertThat(service.get("mem_limit")).isEqualTo(part.memory() + "m");
                Set<String> before = new TreeSet<>(map(service, "depends_on").keySet());
                assertThat(before).isEqualTo(new TreeSet<>(part.after()));
                map(service, "depends_on").values().forEach(condition -> assertThat(condition)
                        .isEqualTo(Map.of("condition", "service_healthy")));
                String command = String.join(" ", list(service, "command"));
                if (part.role() == Role.WITNESS || part.role() == Role.BACK_END) {
                    assertThat(command).contains("--port " + part.port(Topology.SERVICE_PORT));
                }
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> service_isConfined() {
        List<DynamicTest> tests = new ArrayList<>();
        services.forEach((name, service) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            assertThat(KEYS).containsAll(service.keySet());
            assertThat(service.get("user")).isEqualTo("10001:10001");
            assertThat(service.get("read_only")).isEqualTo(true);
            assertThat(list(service, "cap_drop")).containsExactly("ALL");
            assertThat(list(service, "security_opt")).containsExactly("no-new-privileges:true");
            assertThat(service).containsKeys("mem_limit", "cpus", "pids_limit", "healthcheck", "logging");
            assertThat(service).doesNotContainKeys("privileged", "cap_add", "devices");
            for (String volume : list(service, "volumes")) {
                boolean own = volume.endsWith("/parts/" + name + ":/wasl/parts/" + name);
                boolean lock = name.startsWith("broker-") && volume.endsWith("/broker-locks:/wasl/broker-locks");
                assertThat(own || lock || name.equals(MAKER)).as(volume).isTrue();
            }
        })));
        return tests;
    }

    @Test
    void databasesAndBackEnds_areNeverOnTheBus() {
        for (Part part : TOPOLOGY.parts()) {
            if (part.role() == Role.DATABASE || part.role() == Role.BACK_END) {
                assertThat(list(service(part.name()), "networks"))
                        .as(part.name())
                        .doesNotContain(Network.BUS);
            }
        }
    }

    @Test
    void onlyTheFront_isReachedFromOutside_andOnlyOnThisMachine() {
        services.forEach((name, service) -> {
            if (name.equals(Topology.FRONT)) {
                assertThat(list(service, "ports")).containsExactly("127.0.0.1:8080:8080");
            } else {
                assertThat(service).as(name).doesNotContainKey("ports");
            }
        });
    }

    private static Map<String, Object> service(String name) {
        return services.getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked") // what a YAML reader without types gives
    private static List<String> list(Map<String, Object> of, String key) {
        return (List<String>) of.getOrDefault(key, List.of());
    }

    @SuppressWarnings("unchecked") // what a YAML reader without types gives
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) of.getOrDefault(key, Map.of());
    }
}
