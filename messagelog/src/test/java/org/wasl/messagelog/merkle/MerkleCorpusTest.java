package org.wasl.messagelog.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The proofs of transparency-dev/merkle, good and bad. */
class MerkleCorpusTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CORPUS = Path.of(System.getProperty("wasl.root"), "..", "shared", "corpora", "merkle");

    @TestFactory
    Stream<DynamicTest> inclusion() throws IOException {
        return cases("inclusion", vector -> {
            long index = vector.get("leafIdx").asLong();
            long size = vector.get("treeSize").asLong();
            return new InclusionProof(index, size, path(vector))
                    .verify(octets(vector, "leafHash"), octets(vector, "root"));
        });
    }

    @TestFactory
    Stream<DynamicTest> consistency() throws IOException {
        return cases("consistency", vector -> {
            long earlier = vector.get("size1").asLong();
            long later = vector.get("size2").asLong();
            return new ConsistencyProof(earlier, later, path(vector))
                    .verify(octets(vector, "root1"), octets(vector, "root2"));
        });
    }

    private interface Verification {
        boolean verify(JsonNode vector);
    }

    private static Stream<DynamicTest> cases(String folder, Verification verification) throws IOException {
        Path directory = CORPUS.resolve(folder);
        Assumptions.assumeTrue(
                Files.isDirectory(directory), "MerkleCorpusTest skipped: corpus merkle/" + folder + " is absent");
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> vectors = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertThat(vectors).hasSizeGreaterThan(50);
            return vectors.stream()
                    .map(file ->
                            DynamicTest.dynamicTest(directory.relativize(file).toString(), () -> {
                                JsonNode vector = JSON.readTree(file.toFile());
                                assertThat(verification.verify(vector))
                                        .as(vector.get("desc").asText())
                                        .isNotEqualTo(vector.get("wantErr").asBoolean());
                            }));
        }
    }

    private static byte[] octets(JsonNode vector, String name) {
        JsonNode value = vector.get(name);
        return value == null || value.isNull()
                ? new byte[0]
                : Base64.getDecoder().decode(value.asText());
    }

    private static List<byte[]> path(JsonNode vector) {
        List<byte[]> path = new ArrayList<>();
        vector.path("proof").forEach(hash -> path.add(Base64.getDecoder().decode(hash.asText())));
        return path;
    }
}
