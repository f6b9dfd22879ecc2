package org.wasl.node.edge.portal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.xml.XmlText;

/**
 * Writes the catalogue in the EU's Core Public Service Vocabulary (CPSV-AP), as one {@code Dataset} whose parts are the
 * services. It is an export for others' catalogues, so what the vocabulary has no place for, such as the criteria, is left
 * out, and costs become its floating-point numbers.
 */
final class CpsvXml {

    /** Of the vocabulary's own list of channels; what it does not have stays our word. */
    private static final Map<String, String> CHANNELS = Map.of(
            "WEB", "https://data.europa.eu/m8g/channel/website",
            "MOBILE", "https://data.europa.eu/m8g/channel/mobileapp");

    private final StringBuilder xml = new StringBuilder(16_384);

    private CpsvXml() {}

    /**
     * The catalogue's octets, UTF-8.
     *
     * @param publisher the member that publishes it
     * @param base the address below which the services are
     */
    static byte[] write(CatalogueView catalogue, CatalogueView.Body publisher, String base) {
        CpsvXml writer = new CpsvXml();
        writer.dataset(catalogue, publisher, base);
        return writer.xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void dataset(CatalogueView catalogue, CatalogueView.Body publisher, String base) {
        xml.append("<AP:Dataset xmlns:AP=\"https://semiceu.github.io/CPSV-AP/xsd\""
                + " xmlns:cv=\"http://data.europa.eu/m8g/xsd\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
        texts("cv:Description", Map.of("ar", "دليل الخدمات المركبة", "en", "Catalogue of composite services"));
        catalogue.services().forEach(service -> service(service, base));
        element("cv:IdentifierLiteral", "wasl-catalogue-" + catalogue.registryVersion());
        xml.append("<AP:Publisher>");
        texts("cv:AgentName", publisher.name());
        element("cv:IdentifierLiteral", publisher.member());
        xml.append("</AP:Publisher>");
        texts("AP:Title", Map.of("ar", "دليل الخدمات", "en", "Catalogue of services"));
        xml.append("</AP:Dataset>");
    }

    private void service(CatalogueView.Entry service, String base) {
        xml.append("<AP:HasPart>");
        Map<String, String> description = service.description();
        texts("cv:Description", description == null ? service.name() : description);
        for (String channel : service.channels()) {
            xml.append("<AP:HasChannel>");
            element("cv:IdentifierLiteral", base + service.href() + "#" + channel);
            element("cv:Type", CHANNELS.getOrDefault(channel, channel));
            xml.append("</AP:HasChannel>");
        }
        authority(service.owner());
        for (CatalogueView.Fee fee : service.fees()) {
            xml.append("<AP:HasCost>");
            element("AP:Currency", fee.currency());
            texts("cv:Description", fee.label());
            element("AP:HasValue", fee.amount());
            element("cv:IdentifierLiteral", service.id() + "#" + fee.id());
            xml.append("</AP:HasCost>");
        }
        element("cv:IdentifierLiteral", service.id());
        texts("AP:Name", service.name());
        Long seconds = service.serviceLevelSeconds();
        if (seconds != null) {
            element("AP:ProcessingTime", Duration.ofSeconds(seconds).toString());
        }
        xml.append("</AP:HasPart>");
    }

    /** The vocabulary demands one: who is not named is said to be unknown, with its own code. */
    private void authority(CatalogueView.@Nullable Body owner) {
        xml.append("<AP:HasCompetentAuthority>");
        texts("cv:PreferredLabel", owner == null ? Map.of("en", "not named") : owner.name());
        xml.append("<cv:Spatial xsi:type=\"cv:LocationType\">");
        element(
                "cv:GeographicName",
                owner == null ? "not named" : owner.member().substring(0, 2));
        xml.append("</cv:Spatial></AP:HasCompetentAuthority>");
    }

    private void texts(String name, Map<String, String> byLanguage) {
        byLanguage.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(text -> xml.append('<')
                .append(name)
                .append(" xml:lang=\"")
                .append(text.getKey())
                .append("\">")
                .append(XmlText.text(text.getValue()))
                .append("</")
                .append(name)
                .append('>'));
    }

    private void element(String name, String text) {
        xml.append('<')
                .append(name)
                .append('>')
                .append(XmlText.text(text))
                .append("</")
                .append(name)
                .append('>');
    }
}
