package org.wasl.node.edge.agency;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.wasl.node.edge.problem.Problem;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Service;

/** Describes one registered service in OpenAPI, from the registry alone. */
final class ServiceOpenApi {

    private static final String HEADER_PREFIX = "X-Road-";

    private ServiceOpenApi() {}

    static ObjectNode describe(Service service) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", service.name().english())
                .put("x-title-ar", service.name().arabic())
                .put("version", service.schemaVersion());
        document.putArray("servers")
                .addObject()
                .put(
                        "url",
                        "/r1/" + service.id().subsystem() + "/" + service.id().code());
        ObjectNode path =
                document.putObject("paths").putObject("/v" + service.id().version());
        service.methods().stream().sorted().forEach(method -> operation(service, method, path));
        return document;
    }

    private static void operation(Service service, String method, ObjectNode path) {
        ObjectNode operation = path.putObject(method.toLowerCase(java.util.Locale.ROOT));
        operation.put("operationId", service.id().code() + "-" + method.toLowerCase(java.util.Locale.ROOT));
        operation.put("summary", service.name().english());
        ArrayNode parameters = operation.putArray("parameters");
        header(parameters, HEADER_PREFIX + "Client", true);
        header(parameters, HEADER_PREFIX + "Id", false);
        header(parameters, HEADER_PREFIX + "UserId", false);
        header(parameters, HEADER_PREFIX + "Issue", false);
        header(parameters, HEADER_PREFIX + "Represented-Party", false);
        header(parameters, "Wasl-Purpose", true);
        header(parameters, "Wasl-Legal-Basis", true);
        if ("GET".equals(method)) {
            service.parameters().forEach(parameter -> query(parameters, parameter));
        } else {
            body(service, operation);
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode content = responses
                .putObject("200")
                .put("description", "The record, in schema " + service.namespace() + " " + service.schemaVersion())
                .putObject("content");
        content.putObject("application/xml");
        content.putObject("application/json");
        responses
                .putObject("default")
                .put("description", "A problem (RFC 9457) with a fault code")
                .putObject("content")
                .putObject(Problem.MEDIA_TYPE);
    }

    private static void header(ArrayNode parameters, String name, boolean required) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", name).put("in", "header").put("required", required);
        parameter.putObject("schema").put("type", "string");
    }

    private static void query(ArrayNode parameters, Parameter input) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", input.name()).put("in", "query").put("required", input.required());
        schema(input, parameter.putObject("schema"));
    }

    private static void body(Service service, ObjectNode operation) {
        ObjectNode body = operation.putObject("requestBody");
        body.put("required", true);
        ObjectNode schema =
                body.putObject("content").putObject("application/json").putObject("schema");
        schema.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (Parameter input : service.parameters()) {
            schema(input, properties.putObject(input.name()));
            if (input.required()) {
                required.add(input.name());
            }
        }
    }

    private static void schema(Parameter input, ObjectNode schema) {
        schema.put("type", "string");
        if (input.pattern() != null) {
            schema.put("pattern", "^(?:" + input.pattern().pattern() + ")$");
        }
    }
}
