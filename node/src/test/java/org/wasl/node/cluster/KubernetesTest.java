package org.wasl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
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

/** The manifests are the topology that runs natively, in Kubernetes' own types, and every container of them is confined. */
class KubernetesTest {

    private static final Path BASE = Path.of(System.getProperty("wasl.root"), "docker", "kubernetes", "base");
    private static final Topology TOPOLOGY = Topology.of(ClusterPlan.usual());

    /** A field that Kubernetes does not know is a mistake, not a wish. */
    private static final ObjectMapper TYPES = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                // The types would otherwise keep whatever they do not know.
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            })
            .build();

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Namespace",
            Namespace.class,
            "PersistentVolumeClaim",
            PersistentVolumeClaim.class,
            "Service",
            Service.class,
            "StatefulSet",
            StatefulSet.class,
            "Deployment",
            Deployment.class,
            "NetworkPolicy",
            NetworkPolicy.class,
            "PodDisruptionBudget",
            PodDisruptionBudget.class);

    private static final BigDecimal MEBI = BigDecimal.valueOf(1024L * 1024);

    private static final List<HasMetadata> OBJECTS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        OBJECTS.clear();
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, Object> kustomization = yaml.load(text("kustomization.yaml"));
        @SuppressWarnings("unchecked") // what a YAML reader without types gives
        List<String> resources = (List<String>) kustomization.get("resources");
        for (String file : resources) {
            for (Object document : yaml.loadAll(text(file))) {
                Object kind = ((Map<?, ?>) document).get("kind");
                Class<? extends HasMetadata> type = KINDS.get(String.valueOf(kind));
                assertThat(type).as("the kind %s in %s", kind, file).isNotNull();
                OBJECTS.add(TYPES.convertValue(document, type));
            }
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(BASE.resolve(file), StandardCharsets.UTF_8);
    }

    private static <T extends HasMetadata> Map<String, T> named(Class<T> type) {
        Map<String, T> found = new TreeMap<>();
        OBJECTS.stream()
                .filter(type::isInstance)
                .forEach(object -> found.put(object.getMetadata().getName(), type.cast(object)));
        return found;
    }

    private static Map<String, PodTemplateSpec> workloads() {
        Map<String, PodTemplateSpec> all = new TreeMap<>();
        named(StatefulSet.class)
                .forEach((name, set) -> all.put(name, set.getSpec().getTemplate()));
        named(Deployment.class)
                .forEach((name, set) -> all.put(name, set.getSpec().getTemplate()));
        return all;
    }

    private static Set<String> parts() {
        return new TreeSet<>(TOPOLOGY.parts().stream().map(Part::name).toList());
    }

    @Test
    void workloads_areThePartsOfTheTopology_eachWithServiceAndPolicy() {
        assertThat(workloads().keySet()).isEqualTo(parts());
        assertThat(named(Service.class).keySet()).isEqualTo(parts());
        assertThat(named(NetworkPolicy.class).keySet()).containsAll(parts()).contains("nothing");
    }

    @Test
    void whatKeepsState_isAStatefulSet_thatADrainSpares() {
        assertThat(named(Deployment.class).keySet()).containsExactly(Topology.FRONT);
        Set<String> expected = new TreeSet<>(parts());
        TOPOLOGY.parts(Role.BACK_END).forEach(part -> expected.remove(part.name()));
        assertThat(named(PodDisruptionBudget.class).keySet()).isEqualTo(expected);
        named(StatefulSet.class).forEach((name, set) -> {
            assertThat(set.getSpec().getVolumeClaimTemplates()).as(name).hasSize(1);
            assertThat(set.getSpec().getServiceName()).isEqualTo(name);
        });
    }

    @TestFactory
    List<DynamicTest> container_isConfined_bounded_andProbed() {
        List<DynamicTest> tests = new ArrayList<>();
        workloads()
                .forEach((name, template) -> tests.add(DynamicTest.dynamicTest(name, () -> {
                    PodSpec pod = template.getSpec();
                    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
                    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10_001L);
                    assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                            .isEqualTo("RuntimeDefault");
                    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
                    assertThat(pod.getHostNetwork()).isNull();
                    assertThat(pod.getContainers()).hasSize(1);
                    Container container = pod.getContainers().get(0);
                    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                            .isFalse();
                    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                            .isTrue();
                    assertThat(container.getSecurityContext().getCapabilities().getDrop())
                            .containsExactly("ALL");
                    Part part = TOPOLOGY.part(name);
                    Quantity memory = container.getResources().getLimits().get("memory");
                    assertThat(Quantity.getAmountInBytes(memory))
                            .isEqualByComparingTo(
                                    BigDecimal.valueOf(part.memory()).multiply(MEBI));
                    assertThat(container.getResources().getRequests()).containsEntry("memory", memory);
                    assertThat(container.getResources().getLimits()).containsKey("cpu");
                    assertThat(container.getStartupProbe()).isNotNull();
                    assertThat(container.getLivenessProbe()).isNotNull();
                    assertThat(container.getReadinessProbe()).isNotNull();
                    Map<String, Integer> ports = new TreeMap<>();
                    for (ContainerPort port : container.getPorts()) {
                        ports.put(port.getName(), port.getContainerPort());
                    }
                    assertThat(ports).isEqualTo(new TreeMap<>(part.ports()));
                })));
        return tests;
    }

    /** Whoever shares a network natively, or needs to, may connect; nobody else. */
    @TestFactory
    List<DynamicTest> policy_letsInOnlyWhoSharesANetwork() {
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, PodTemplateSpec> all = workloads();
        for (Part part : TOPOLOGY.parts()) {
            tests.add(DynamicTest.dynamicTest(part.name(), () -> {
                NetworkPolicy policy = named(NetworkPolicy.class).get(part.name());
                assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
                assertThat(policy.getSpec().getPodSelector().getMatchLabels())
                        .isEqualTo(Map.of("wasl/part", part.name()));
                for (NetworkPolicyIngressRule rule : policy.getSpec().getIngress()) {
                    assertThat(rule.getPorts()).isNotEmpty();
                    for (NetworkPolicyPeer peer : rule.getFrom()) {
                        if (peer.getPodSelector() == null) {
                            continue;
                        }
                        Map<String, String> labels = peer.getPodSelector().getMatchLabels();
                        all.forEach((name, template) -> {
                            if (template.getMetadata().getLabels().entrySet().containsAll(labels.entrySet())
                                    && !name.equals(part.name())) {
                                assertThat(shareNetwork(part, TOPOLOGY.part(name)))
                                        .as("%s lets in %s", part.name(), name)
                                        .isTrue();
                            }
                        });
                    }
                }
            }));
        }
        return tests;
    }

    private static boolean shareNetwork(Part one, Part other) {
        Set<String> shared = new HashSet<>(one.addresses().keySet());
        shared.retainAll(other.addresses().keySet());
        return !shared.isEmpty();
    }
}
