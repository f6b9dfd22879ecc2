package org.wasl.node.configuration;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.wasl.agencies.AgencySettings;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.edge.samples.SampleAgenciesController;
import org.wasl.node.identity.DemoUser;
import org.wasl.node.identity.DemoUsers;
import org.wasl.node.identity.Role;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.authority.TrustFiles;

/** The sample agencies' back-ends, and the demo users who are some of their citizens. */
@Configuration(proxyBeanMethods = false)
class SamplesConfiguration {

    private static final ZoneId SAMPLES_ZONE = ZoneId.of("Asia/Amman");

    @Bean
    @ConditionalOnProperty(name = "wasl.samples.enabled", matchIfMissing = true)
    SampleAgencies sampleAgencies(
            DataDirectory directory, TrustFiles files, SamplesProperties samples, Packs packs, Clock clock)
            throws IOException {
        AgencySettings settings = new AgencySettings(
                directory.agencies(),
                samples.seed(),
                samples.families(),
                0,
                0,
                0,
                0,
                SampleBackEnds.credentials(files.secrets()),
                clock.withZone(SAMPLES_ZONE));
        return SampleAgencies.start(settings, SampleBackEnds.declared(packs), files.secrets()::obtain);
    }

    @Bean
    @ConditionalOnProperty(name = "wasl.samples.enabled", matchIfMissing = true)
    SampleAgenciesController sampleAgenciesController(SampleAgencies agencies) {
        return new SampleAgenciesController(agencies.servers());
    }

    @Bean
    BackEnds backEnds(ObjectProvider<SampleAgencies> samples, BackEndProperties own) {
        Map<String, String> properties = new HashMap<>();
        samples.ifAvailable(agencies -> {
            properties.putAll(SampleBackEnds.properties(agencies.endpoints()));
            properties.putAll(agencies.declaredProperties());
        });
        properties.putAll(own.properties());
        return new BackEnds(properties);
    }

    @Bean
    @Conditional(OnPortalNode.class)
    DemoUsers demoUsers(DataDirectory directory) throws IOException {
        return DemoUsers.open(
                directory,
                List.of(
                        citizen("citizen", Personas.CLEAN, "a citizen with nothing to pay"),
                        citizen("citizen-fined", Personas.FINED, "a citizen with fines and a lien"),
                        citizen("citizen-deferred", Personas.DEFERRED, "a citizen whom justice must review"),
                        new DemoUser(
                                "attorney",
                                Set.of(Role.CITIZEN),
                                Personas.NOTHING.nationalNumber(),
                                Personas.CLEAN.nationalNumber(),
                                "a citizen who acts for another, the one with nothing to pay"),
                        new DemoUser("officer", Set.of(Role.OFFICER), null, "an officer"),
                        new DemoUser("auditor", Set.of(Role.AUDITOR), null, "an auditor"),
                        new DemoUser("operator", Set.of(Role.OPERATOR), null, "an operator")));
    }

    private static DemoUser citizen(String name, Personas persona, String label) {
        return new DemoUser(name, Set.of(Role.CITIZEN), persona.nationalNumber(), label);
    }
}
