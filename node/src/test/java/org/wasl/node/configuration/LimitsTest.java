package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

/** The page of limits says what the program does. */
class LimitsTest {

    private static final Path PAGE = Path.of(System.getProperty("wasl.root"), "docs", "limits.md");
    private static final Pattern ROW = Pattern.compile("\\| [^|]+ \\| ([^|]+) \\| `([a-z.-]+)` \\| [^|]+ \\|");
    private static final List<Class<?>> AREAS = List.of(
            AuditProperties.class,
            BrokerProperties.class,
            CacheProperties.class,
            EdgeProperties.class,
            EventProperties.class,
            EvidenceProperties.class,
            IdentityProperties.class,
            LogProperties.class,
            MetricsProperties.class,
            NodeProperties.class,
            OperationProperties.class,
            PaymentProperties.class,
            RetentionProperties.class,
            RevocationProperties.class,
            ScreenProperties.class,
            SiteProperties.class,
            StatisticsProperties.class,
            UsageProperties.class,
            TimeStampProperties.class,
            WebhookProperties.class);
    /** Quantities that are no limits of growth. */
    private static final List<String> NO_LIMITS = List.of(
            "wasl.broker.tls-port",
            "wasl.cache.port",
            "wasl.edge.agency-port",
            "wasl.evidence.witness-port",
            "wasl.revocation.demo-port");

    @Test
    void page_whenComparedWithTheProgram_tellsEveryLimitAndItsDefault() throws IOException {
        Map<String, String> told = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                told.put(row.group(2), row.group(1).strip());
            }
        }
        Map<String, String> own = new TreeMap<>(told);
        own.keySet().removeIf(name -> !name.startsWith("wasl."));
        assertThat(own).isEqualTo(defaults());

        PropertySource<?> application = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .get(0);
        told.keySet().removeIf(name -> name.startsWith("wasl."));
        assertThat(told).hasSizeGreaterThan(2).allSatisfy((name, value) -> assertThat(application.getProperty(name))
                .as(name)
                .hasToString(value));
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        for (Class<?> area : AREAS) {
            String prefix = area.getAnnotation(ConfigurationProperties.class).value();
            Constructor<?> binding = area.getDeclaredConstructors()[0];
            for (Parameter parameter : binding.getParameters()) {
                Class<?> type = parameter.getType();
                boolean quantity = type == int.class || type == DataSize.class || type == Duration.class;
                String name = prefix + "." + kebab(parameter.getName());
                if (quantity && !NO_LIMITS.contains(name)) {
                    defaults.put(
                            name, parameter.getAnnotation(DefaultValue.class).value()[0]);
                }
            }
        }
        return defaults;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
