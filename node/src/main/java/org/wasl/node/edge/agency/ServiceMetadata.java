package org.wasl.node.edge.agency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.wasl.node.edge.Representation;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.Subsystem;

/** X-Road's metadata services for REST (PR-MREST): {@code listMethods}, {@code allowedMethods}, {@code getOpenAPI}. */
public final class ServiceMetadata {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CODES = Set.of("listMethods", "allowedMethods", "getOpenAPI");

    private final Clock clock;

    public ServiceMetadata(Clock clock) {
        this.clock = clock;
    }

    /** The answer, when the address names a metadata service. */
    Optional<ResponseEntity<byte[]>> answer(
            AgencyAddress address, AgencyClient client, HttpServletRequest request, Registry registry) {
        if (!CODES.contains(address.code()) || !address.rest().isEmpty()) {
            return Optional.empty();
        }
        Subsystem provider = address.provider(registry);
        if (!"GET".equals(request.getMethod())) {
            throw RefusedException.methodNotAllowed(
                    FaultCode.SERVICE_METHOD, "Metadata services take GET.", Set.of("GET"));
        }
        if (Representation.of(request.getHeader(HttpHeaders.ACCEPT), Representation.JSON) != Representation.JSON) {
            throw new RefusedException(FaultCode.REQUEST_NOT_ACCEPTABLE, "Metadata services answer JSON.");
        }
        ObjectNode document =
                switch (address.code()) {
                    case "listMethods" -> methods(provider, service -> true);
                    case "allowedMethods" ->
                        methods(provider, service -> allowed(client.subsystem(), service, registry));
                    default -> ServiceOpenApi.describe(described(provider, request));
                };
        try {
            return Optional.of(ResponseEntity.ok()
                    .header(HttpHeaders.CONTENT_TYPE, Representation.JSON.contentType())
                    .body(JSON.writeValueAsBytes(document)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can be written", impossible);
        }
    }

    private static Service described(Subsystem provider, HttpServletRequest request) {
        String[] codes = request.getParameterValues("serviceCode");
        if (codes == null || codes.length != 1) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "Give one serviceCode.");
        }
        return provider.services().stream()
                .filter(service -> service.id().code().equals(codes[0]))
                .reduce((older, newer) -> older.id().version() > newer.id().version() ? older : newer)
                .orElseThrow(
                        () -> new RefusedException(FaultCode.SERVICE_UNKNOWN, "The subsystem has no such service."));
    }

    private boolean allowed(SubsystemId client, Service service, Registry registry) {
        for (Agreement agreement : registry.agreements(client, service.id())) {
            if (!clock.instant().isBefore(agreement.validFrom())
                    && clock.instant().isBefore(agreement.validTo())) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode methods(Subsystem provider, java.util.function.Predicate<Service> shown) {
        ObjectNode document = JSON.createObjectNode();
        ArrayNode services = document.putArray("service");
        provider.services().stream().filter(shown).forEach(service -> {
            ObjectNode entry = services.addObject();
            entry.put("object_type", "SERVICE");
            entry.put("service_type", "OPENAPI");
            entry.put("xroad_instance", provider.id().member().instance());
            entry.put("member_class", provider.id().member().memberClass());
            entry.put("member_code", provider.id().member().member());
            entry.put("subsystem_code", provider.id().code());
            entry.put("service_code", service.id().code());
            entry.put("service_version", "v" + service.id().version());
            ArrayNode endpoints = entry.putArray("endpoint_list");
            service.methods().stream().sorted().forEach(method -> endpoints
                    .addObject()
                    .put("method", method)
                    .put("path", "/v" + service.id().version()));
        });
        return document;
    }
}
