package org.wasl.routes.composite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wasl.routes.composite.CompositeDeclaration.Step;
import org.wasl.routes.composite.CompositeDeclaration.Undo;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/** The composite services of a node, read and checked as a whole before any is offered. */
public final class CompositeDeclarations {

    private static final int MAX_FILES = 500;
    private static final long MAX_FILE_OCTETS = 400_000;

    private final Map<String, CompositeDeclaration> byService;

    private CompositeDeclarations(Map<String, CompositeDeclaration> byService) {
        this.byService = byService;
    }

    /**
     * Reads all {@code *.yaml} files of a folder, in the order of their names.
     *
     * @throws DeclarationException when any is wrong; it names file, line and reason of everything that is
     * @throws UncheckedIOException when the folder cannot be read
     */
    public static CompositeDeclarations read(Path folder) {
        return read(texts(folder));
    }

    /**
     * The texts of all {@code *.yaml} files of a folder, in the order of their names, by their paths.
     *
     * @throws DeclarationException when there are too many, or one is too large
     * @throws UncheckedIOException when the folder cannot be read
     */
    public static Map<String, String> texts(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> yaml = files.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
            Map<String, String> texts = new LinkedHashMap<>();
            for (Path file : yaml) {
                if (Files.size(file) > MAX_FILE_OCTETS || texts.size() == MAX_FILES) {
                    throw new DeclarationException(List.of(file + ":1: more than the " + MAX_FILE_OCTETS
                            + " octets, or " + MAX_FILES + " files, that are read"));
                }
                texts.put(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the composite services in " + folder, e);
        }
    }

    /**
     * Reads declarations given as file name and text, whose expressions are over the shared schemas.
     *
     * @throws DeclarationException when any is wrong
     */
    public static CompositeDeclarations read(Map<String, String> texts) {
        return read(texts, RecordExpression.PREFIXES);
    }

    /**
     * Reads declarations given as file name and text.
     *
     * @param prefixes the namespaces that expressions may name, by their prefixes
     * @throws DeclarationException when any is wrong
     */
    public static CompositeDeclarations read(Map<String, String> texts, Map<String, String> prefixes) {
        Map<String, CompositeDeclaration> byService = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        texts.forEach((file, text) -> {
            Problems found = new Problems(file);
            new DeclarationReader(found, prefixes).read(text).ifPresent(declaration -> {
                String code = declaration.service().code();
                if (byService.putIfAbsent(code, declaration) != null) {
                    found.add(1, "another file declares '" + code + "' too");
                }
            });
            problems.addAll(found.found());
        });
        if (!problems.isEmpty()) {
            throw new DeclarationException(problems);
        }
        return new CompositeDeclarations(byService);
    }

    /**
     * What does not fit this registry: services that are not registered, parameters that they lack or need.
     *
     * @return one sentence for each; none when everything fits
     */
    public List<String> misfits(Registry registry) {
        List<String> misfits = new ArrayList<>();
        for (CompositeDeclaration declaration : byService.values()) {
            String name = declaration.service().code();
            if (registry.service(declaration.service()).isEmpty()) {
                misfits.add(name + ": " + declaration.service() + " is not registered");
            }
            for (Step step : declaration.steps()) {
                Optional<Service> service = registry.service(step.service());
                if (service.isEmpty()) {
                    misfits.add(name + ", step " + step.id() + ": " + step.service() + " is not registered");
                } else if (service.get().givesDocuments()) {
                    misfits.add(name + ", step " + step.id() + ": " + step.service()
                            + " gives documents, which no composite answer holds");
                } else {
                    misfits.addAll(parameterMisfits(
                            name + ", step " + step.id(), step.parameters().keySet(), service.get()));
                }
                Undo undo = step.undo();
                if (undo != null) {
                    String undoing = name + ", the undoing of step " + step.id();
                    registry.service(undo.service())
                            .ifPresentOrElse(
                                    registered -> misfits.addAll(parameterMisfits(
                                            undoing, undo.parameters().keySet(), registered)),
                                    () -> misfits.add(undoing + ": " + undo.service() + " is not registered"));
                }
            }
        }
        return misfits;
    }

    private static List<String> parameterMisfits(String name, Set<String> parameters, Service service) {
        List<String> misfits = new ArrayList<>();
        Set<String> known = service.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        for (String given : parameters) {
            if (!known.contains(given)) {
                misfits.add(name + ": the service takes no parameter '" + given + "'");
            }
        }
        for (Parameter parameter : service.parameters()) {
            if (parameter.required() && !parameters.contains(parameter.name())) {
                misfits.add(name + ": the service needs '" + parameter.name() + "'");
            }
        }
        return misfits;
    }

    public Collection<CompositeDeclaration> all() {
        return byService.values();
    }

    public Optional<CompositeDeclaration> find(String service) {
        return Optional.ofNullable(byService.get(service));
    }
}
