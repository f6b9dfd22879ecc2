package org.wasl.security.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.xml.HardenedXml;

/**
 * Where in a registry's document its members, subsystems, services and agreements stand. The rules beyond the schema
 * look at records, which have no place any more; their sentences name an identifier, and that is looked up here.
 */
final class RegistryPlaces {

    /** Nobody mends more at once, and each sentence is compared with every place. */
    private static final int MOST_LOCATED = 100;

    private final List<Place> places = new ArrayList<>();

    private record Place(String id, int line, int column) {}

    private RegistryPlaces() {}

    /** The places in this document; none when it cannot be read. */
    static RegistryPlaces in(byte[] octets) {
        RegistryPlaces found = new RegistryPlaces();
        try {
            found.read(HardenedXml.streamReader(octets, RegistryXml.DRAFT));
        } catch (XMLStreamException e) {
            // It was parsed before; without places the sentences still stand.
            found.places.clear();
        }
        found.places.sort(Comparator.comparingInt((Place place) -> place.id().getBytes(StandardCharsets.UTF_8).length)
                .reversed());
        return found;
    }

    /** Each of the first sentences with the place of the longest identifier that it names; the others without. */
    List<RegistryProblem> locate(List<String> sentences) {
        List<RegistryProblem> located = new ArrayList<>();
        for (String sentence : sentences) {
            located.add(located.size() < MOST_LOCATED ? locate(sentence) : new RegistryProblem(sentence, -1, -1));
        }
        return located;
    }

    private RegistryProblem locate(String sentence) {
        for (Place place : places) {
            if (names(sentence, place.id())) {
                return new RegistryProblem(sentence, place.line(), place.column());
            }
        }
        return new RegistryProblem(sentence, -1, -1);
    }

    /** Whether the sentence has the identifier as a word of its own. */
    private static boolean names(String sentence, String id) {
        for (int at = sentence.indexOf(id); at >= 0; at = sentence.indexOf(id, at + 1)) {
            int end = at + id.length();
            boolean begins = at == 0 || !isPart(sentence.charAt(at - 1));
            boolean ends = end == sentence.length() || !isPart(sentence.charAt(end));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '/' || c == '-' || c == '_';
    }

    private void read(XMLStreamReader reader) throws XMLStreamException {
        @Nullable String member = null;
        @Nullable String subsystem = null;
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (reader.getLocalName()) {
                case "federation" -> member = null;
                case "member" -> {
                    member = attribute(reader, "id");
                    add(member, reader.getLocation());
                }
                case "subsystem" -> {
                    subsystem = member + "/" + attribute(reader, "code");
                    add(subsystem, reader.getLocation());
                }
                case "service" ->
                    add(
                            subsystem + "/" + attribute(reader, "code") + "/v" + attribute(reader, "version"),
                            reader.getLocation());
                case "witness" -> add(attribute(reader, "name"), reader.getLocation());
                case "agreement" -> add("agreement " + attribute(reader, "id"), reader.getLocation());
                default -> {
                    // Found by the member or agreement that holds it.
                }
            }
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value.strip();
    }

    private void add(String id, Location location) {
        places.add(new Place(id, location.getLineNumber(), location.getColumnNumber()));
    }
}
