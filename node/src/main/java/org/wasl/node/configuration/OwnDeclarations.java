package org.wasl.node.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclarations;
import org.wasl.connectors.declaration.DirectoryFiles;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.connectors.declaration.PackFiles;
import org.wasl.connectors.samples.SampleDeclarations;
import org.wasl.node.data.DataDirectory;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.routes.payment.PaymentRules;
import org.wasl.routes.payment.PaymentRulesReader;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.pack.Pack;
import org.wasl.schemas.pack.Packs;

/**
 * What is declared for a node: the samples' connectors and composite services, those of packs, and those that an operator put into
 * {@code DIR/connectors} and {@code DIR/composites}.
 */
public final class OwnDeclarations {

    private static final List<String> SAMPLE_COMPOSITES = List.of(
            "general-clearance.yaml",
            "no-conviction-certificate.yaml",
            "property-clearance.yaml",
            "vehicle-licence-renewal.yaml");

    private OwnDeclarations() {}

    /**
     * The connectors.
     *
     * @param samples whether the sample agencies' are among them
     * @param packs the node's packs
     * @param properties what the declarations refer to
     * @throws InvalidDeclarationsException when any is wrong, with every problem
     * @throws IOException when one cannot be read
     */
    public static List<ConnectorDeclaration> connectors(
            DataDirectory directory, boolean samples, Packs packs, Map<String, String> properties)
            throws InvalidDeclarationsException, IOException {
        List<ConnectorDeclaration> all = new ArrayList<>();
        if (samples) {
            all.addAll(ConnectorDeclarations.read(new SampleDeclarations(), properties));
        }
        for (Pack pack : packs.all()) {
            all.addAll(ConnectorDeclarations.read(new PackFiles(pack), properties));
        }
        Path own = directory.root().resolve("connectors");
        if (Files.isDirectory(own)) {
            all.addAll(ConnectorDeclarations.read(new DirectoryFiles(own), properties));
        }
        return all;
    }

    /**
     * How what is owed is paid; an operator's file replaces those of packs.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalStateException when there is more than one
     */
    static Optional<PaymentRules> payments(
            DataDirectory directory, Packs packs, CompositeDeclarations composites, SchemaCatalogue schemas)
            throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Pack pack : packs.all()) {
            for (String path : pack.names(Pack.PAYMENTS, ".yaml")) {
                texts.put(pack + ", " + path, pack.text(path).orElseThrow());
            }
        }
        Path own = directory.root().resolve("payments.yaml");
        if (Files.isRegularFile(own)) {
            texts.clear();
            texts.put(own.toString(), Files.readString(own, StandardCharsets.UTF_8));
        }
        if (texts.size() > 1) {
            throw new IllegalStateException("the rules of payment stand in more than one file: " + texts.keySet());
        }
        Set<String> inputs = composites.all().stream()
                .flatMap(declaration -> declaration.inputs().stream())
                .map(CompositeDeclaration.Input::name)
                .collect(Collectors.toSet());
        return texts.entrySet().stream()
                .map(text -> PaymentRulesReader.read(text.getKey(), text.getValue(), schemas.prefixes(), inputs))
                .findFirst();
    }

    /**
     * The composite services; an operator's replaces the sample in a file of the same name.
     *
     * @throws IOException when one cannot be read
     */
    static CompositeDeclarations composites(DataDirectory directory, Packs packs, SchemaCatalogue schemas)
            throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : SAMPLE_COMPOSITES) {
            try (InputStream in = CompositeDeclaration.class.getResourceAsStream("samples/" + name)) {
                if (in == null) {
                    throw new IOException("the program lacks its sample " + name);
                }
                texts.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        for (Pack pack : packs.all()) {
            for (String path : pack.names(Pack.COMPOSITES, ".yaml")) {
                texts.put(
                        path.substring(path.lastIndexOf('/') + 1),
                        pack.text(path).orElseThrow());
            }
        }
        Path own = directory.root().resolve("composites");
        if (Files.isDirectory(own)) {
            CompositeDeclarations.texts(own)
                    .forEach((file, text) ->
                            texts.put(Path.of(file).getFileName().toString(), text));
        }
        return CompositeDeclarations.read(texts, schemas.prefixes());
    }
}
