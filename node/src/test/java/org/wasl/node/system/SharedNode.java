package org.wasl.node.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One running node for all the classes that leave it as they found it; it is started once and stopped at the end. */
final class SharedNode implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedNode.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == WaslProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(WaslProcess.class, key -> new Running(), Running.class)
                .node;
    }

    /** Closed by JUnit when the last test has ended. */
    private static final class Running implements AutoCloseable {

        private final Path data;
        private final WaslProcess node;

        Running() {
            try {
                data = Files.createTempDirectory("wasl-system");
                node = WaslProcess.up(data);
            } catch (IOException failed) {
                throw new IllegalStateException("the node does not start", failed);
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            try (WaslProcess ending = node) {
                ending.stop();
            } finally {
                try (Stream<Path> all = Files.walk(data)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(path);
                    }
                }
            }
        }
    }
}
