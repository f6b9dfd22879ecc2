package org.wasl.node.edge.samples;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.node.edge.RequestInputs;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/** Stops, starts and slows the sample agencies' back-ends, to see what the bus then answers. */
@RestController
public final class SampleAgenciesController {

    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,5}|[12][0-9]{5}|300000");

    private final SortedMap<String, AgencyServer> servers;

    /** @param servers the back-ends by their agencies' member codes */
    public SampleAgenciesController(Map<String, AgencyServer> servers) {
        this.servers = new TreeMap<>(servers);
    }

    /** A back-end, as an operator sees it. */
    record View(String agency, boolean running, int port, long disclosures) {}

    @GetMapping(path = "/samples/agencies", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<View>> all() {
        return Map.of(
                "agencies",
                servers.entrySet().stream()
                        .map(entry -> view(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @PutMapping(path = "/samples/agencies/{agency}", produces = MediaType.APPLICATION_JSON_VALUE)
    View change(@PathVariable String agency, HttpServletRequest request) throws IOException {
        AgencyServer server = servers.get(agency);
        if (server == null) {
            throw new RefusedException(FaultCode.RESOURCE_NOT_FOUND, "There is no such sample agency.");
        }
        RequestInputs.read(request).forEach((name, value) -> apply(server, name, value));
        return view(agency, server);
    }

    private static void apply(AgencyServer server, String name, String value) {
        switch (name) {
            case "running" -> run(server, value);
            case "delayMillis" -> {
                if (!MILLIS.matcher(value).matches()) {
                    throw new RefusedException(FaultCode.REQUEST_PARAMETER, "delayMillis must be 0 to 300000.");
                }
                server.delay(Duration.ofMillis(Long.parseLong(value)));
            }
            case "reviews" -> finishReviews(server, value);
            default -> throw new RefusedException(FaultCode.REQUEST_PARAMETER, "Give running, delayMillis or reviews.");
        }
    }

    private static void finishReviews(AgencyServer server, String value) {
        boolean clear = "clear".equals(value);
        if (!clear && !"not-clear".equals(value)) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "reviews must be clear or not-clear.");
        }
        try {
            if (!server.finishReviews(clear)) {
                throw new RefusedException(FaultCode.REQUEST_PARAMETER, "The agency reviews nothing by hand.");
            }
        } catch (IOException failed) {
            throw new RefusedException(FaultCode.BACKEND_UNAVAILABLE, "The reviews cannot be published.", failed);
        }
    }

    private static void run(AgencyServer server, String value) {
        boolean wanted = "true".equals(value);
        if (!wanted && !"false".equals(value)) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "running must be true or false.");
        }
        if (wanted && !server.running()) {
            try {
                // On its old port, where the connectors look for it.
                server.start(server.port());
            } catch (IOException failed) {
                throw new RefusedException(FaultCode.BACKEND_UNAVAILABLE, "The back-end does not start.", failed);
            }
        } else if (!wanted) {
            server.stop();
        }
    }

    private static View view(String agency, AgencyServer server) {
        return new View(agency, server.running(), server.port(), server.reads().total());
    }
}
