package org.wasl.bench.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.schemas.identifier.ServiceId;

/** A back-end that answers at once, from memory: what is measured is the bus. */
public final class FixedRecords implements Connectors, Connector {

    private final Map<ServiceId, byte[]> records;

    FixedRecords(Map<ServiceId, byte[]> records) {
        this.records = Map.copyOf(records);
    }

    /** A statement of fines of about so many octets, valid by its schema. */
    public static byte[] fines(int octets) {
        StringBuilder xml = new StringBuilder(octets + 1_024);
        xml.append("<traffic:fines xmlns:common=\"urn:wasl:common:1\" xmlns:traffic=\"urn:wasl:traffic:1\">");
        int count = 0;
        do {
            count++;
            xml.append("<traffic:fine><traffic:ticket>T-2026-")
                    .append(100_000 + count)
                    .append("</traffic:ticket><traffic:authority code=\"PSD\">إدارة السير المركزية</traffic:authority>")
                    .append(
                            "<traffic:plate><common:code>10</common:code><common:number>12345</common:number></traffic:plate>")
                    .append("<traffic:at>2026-09-14T17:20:00+03:00</traffic:at><traffic:article>38/أ</traffic:article>")
                    .append("<traffic:label><common:ar>استعمال الهاتف أثناء القيادة</common:ar>")
                    .append("<common:en>Using a phone while driving</common:en></traffic:label>")
                    .append("<traffic:amount currency=\"JOD\">50.000</traffic:amount>")
                    .append("<traffic:discount currency=\"JOD\">0.000</traffic:discount>")
                    .append("<traffic:due currency=\"JOD\">50.000</traffic:due>")
                    .append("<traffic:status>OPEN</traffic:status></traffic:fine>");
        } while (xml.length() < octets - 300);
        xml.append("<traffic:openCount>")
                .append(count)
                .append("</traffic:openCount><traffic:totalDue currency=\"JOD\">");
        xml.append(count * 50).append(".000</traffic:totalDue></traffic:fines>");
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ConnectorResult fetch(ConnectorQuery query) {
        return new ConnectorResult.Found(Objects.requireNonNull(records.get(query.service())), Instant.now(), true);
    }

    @Override
    public Optional<Connector> connector(ServiceId service) {
        return records.containsKey(service) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Set<ServiceId> services() {
        return records.keySet();
    }
}
