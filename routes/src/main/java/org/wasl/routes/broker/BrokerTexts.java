package org.wasl.routes.broker;

import java.nio.file.Path;
import org.wasl.schemas.xml.XmlText;

/** The files beside {@code broker.xml}, which tell Artemis' programs how to run it. */
final class BrokerTexts {

    /** The name under which the login is configured. */
    static final String DOMAIN = "wasl";

    /** Members by their certificates, and nobody by a password. */
    static final String LOGIN = """
            wasl {
               org.apache.activemq.artemis.spi.core.security.jaas.TextFileCertificateLoginModule required
                   reload=true
                   debug=false
                   org.apache.activemq.jaas.textfiledn.user="cert-users.properties"
                   org.apache.activemq.jaas.textfiledn.role="cert-roles.properties";
            };
            """;

    /** To the console, for whoever runs it to keep. */
    static final String LOGGING = """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = console
            # A line a message and acknowledgement: the members' own logs are the evidence.
            logger.audit.name = org.apache.activemq.audit
            logger.audit.level = ERROR
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%logger] %msg%n
            """;

    /** No connector for management, and no access of anybody's within the process. */
    static final String MANAGEMENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <management-context xmlns="http://activemq.apache.org/schema"/>
            """;

    private BrokerTexts() {}

    /** No console: nothing but the broker. */
    static String bootstrap(Path brokerXml) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <broker xmlns="http://activemq.apache.org/schema">
                   <jaas-security domain="%s"/>
                   <server configuration="%s"/>
                </broker>
                """.formatted(DOMAIN, XmlText.attribute(brokerXml.toUri().toString()));
    }

    /**
     * The script that runs it. Arguments for the Java that runs it stand in {@code JAVA_ARGS}.
     *
     * @param instance the instance's directory
     */
    static String program(Path instance) {
        String quoted = "'" + instance.toString().replace("'", "'\\''") + "'";
        return """
                #!/bin/sh
                # Runs this broker from Artemis' distribution, whose directory ARTEMIS_HOME names.
                # It trusts certificates, not their authorities: were the names of those it trusts sent to clients, they
                # would look for a certificate issued by one of them, and find none.
                set -eu
                : "${ARTEMIS_HOME:?names the directory of Artemis' distribution}"
                INSTANCE=%s
                exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_ARGS:--Xms256m -Xmx512m} \\
                    -XX:+ExitOnOutOfMemoryError \\
                    -Djdk.tls.server.disableExtensions=certificate_authorities \\
                    -Dlog4j2.disableJmx=true \\
                    -Dlog4j2.configurationFile="$INSTANCE/etc/log4j2.properties" \\
                    -Djava.security.auth.login.config="$INSTANCE/etc/login.config" \\
                    -Dartemis.home="$ARTEMIS_HOME" \\
                    -Dartemis.instance="$INSTANCE" \\
                    -Dartemis.instance.etc="$INSTANCE/etc" \\
                    -Ddata.dir="$INSTANCE/data" \\
                    -classpath "$ARTEMIS_HOME/lib/artemis-boot.jar" \\
                    org.apache.activemq.artemis.boot.Artemis run
                """.formatted(quoted);
    }
}
