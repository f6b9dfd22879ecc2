package org.wasl.node.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of both edges, as it stands beside this class. */
@RestController
public final class OpenApiController {

    private final byte[] yaml;
    private final byte[] json;

    /** @throws IOException when the description is not in the program */
    public OpenApiController() throws IOException {
        try (InputStream resource = OpenApiController.class.getResourceAsStream("openapi.yaml")) {
            if (resource == null) {
                throw new IOException("openapi.yaml is not in the program");
            }
            yaml = resource.readAllBytes();
        }
        // Not Jackson's own YAML reader: it does not follow the document's aliases.
        Object document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(yaml, StandardCharsets.UTF_8));
        json = new ObjectMapper().writeValueAsBytes(document);
    }

    @GetMapping("/openapi.yaml")
    ResponseEntity<byte[]> asYaml() {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "application/yaml")
                .body(yaml);
    }

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> asJson() {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "application/json")
                .body(json);
    }
}
