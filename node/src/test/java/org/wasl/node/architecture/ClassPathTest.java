package org.wasl.node.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;
import org.apache.camel.component.jms.JmsComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the resolved class path, and what must not be. */
class ClassPathTest {

    @Test
    void broker_whenItLooksForProtocols_findsNoneBesideItsOwn() {
        List<String> protocols = new ArrayList<>();
        ServiceLoader.load(ProtocolManagerFactory.class)
                .forEach(factory -> protocols.addAll(List.of(factory.getProtocols())));
        // CORE is built in; the others come as jars.
        assertThat(protocols).isSubsetOf("CORE");
    }

    /** What is not there can listen to nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.activemq.ActiveMQConnectionFactory",
                "org.apache.activemq.artemis.core.protocol.openwire.OpenWireProtocolManagerFactory",
                "org.apache.activemq.artemis.core.protocol.stomp.StompProtocolManagerFactory",
                "org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory",
                "org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManagerFactory",
                "org.apache.activemq.artemis.core.protocol.hornetq.HornetQProtocolManagerFactory",
                "org.apache.camel.component.exec.ExecComponent",
                "org.apache.camel.component.groovy.GroovyLanguage",
                "org.apache.camel.language.groovy.GroovyLanguage",
                "org.apache.camel.language.mvel.MvelLanguage",
                "org.apache.camel.component.bean.validator.BeanValidatorComponent",
                "org.apache.camel.component.platform.http.PlatformHttpComponent",
                "org.jolokia.http.AgentServlet",
                "org.apache.logging.log4j.core.lookup.JndiLookup",
                "org.springframework.boot.devtools.restart.Restarter",
            })
    void classPath_whenAskedForWhatIsNotWanted_hasNoSuchClass(String name) {
        assertThat(ClassPathTest.class.getClassLoader().getResource(name.replace('.', '/') + ".class"))
                .as(name)
                .isNull();
    }

    @Test
    void classPath_whenAskedForWhatIsUsed_hasIt() {
        String used = JmsComponent.class.getName().replace('.', '/') + ".class";
        assertThat(ClassPathTest.class.getClassLoader().getResource(used)).isNotNull();
    }
}
