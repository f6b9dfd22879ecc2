package org.wasl.node.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small draft: one portal that asks for life statuses and vehicles, one court that asks for persons. */
final class DraftRegistry {

    static final String LIFE_AGREEMENT = """
            <agreement xmlns="urn:wasl:registry:1" id="life" consumer="JO/GOV/PORTAL/web"
                service="JO/GOV/CSPD/registry/life-status/v1"
                validFrom="2026-01-01T00:00:00.000Z" validTo="2036-01-01T00:00:00.000Z">
              <purpose code="GENERAL_CLEARANCE" legalBasis="LAW-1"/>
              <actor kind="CITIZEN"/>
              %s
              <release path="lifeStatus/identifier"/>
              %s
            </agreement>
            """;

    private static final String TEXT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- dates and version mean nothing in a draft -->
            <registry xmlns="urn:wasl:registry:1" instance="JO" version="1"
                issued="2026-01-01T00:00:00.000Z" expires="2026-01-02T00:00:00.000Z">
              <member id="JO/GOV/CSPD">
                <name lang="ar">الأحوال المدنية</name><name lang="en">Civil status</name>
                <node id="node-1"/>
                <subsystem code="registry">
                  <name lang="ar">السجل</name><name lang="en">Register</name>
                  <service code="life-status" version="1" namespace="urn:wasl:civil:1" schemaVersion="1.1">
                    <name lang="ar">الحالة</name><name lang="en">Life status</name>
                    <parameter name="nationalNumber" pattern="[0-9]{10}" subject="true"/>
                  </service>
                  <service code="person-record" version="1" namespace="urn:wasl:civil:1" schemaVersion="1.1">
                    <name lang="ar">القيد</name><name lang="en">Person record</name>
                    <parameter name="nationalNumber" pattern="[0-9]{10}" subject="true"/>
                  </service>
                  <service code="vehicle-record" version="1" namespace="urn:wasl:traffic:1" schemaVersion="1.0"
                      ownerField="vehicle/owner/identifier">
                    <name lang="ar">مركبة</name><name lang="en">Vehicle</name>
                    <parameter name="plateNumber" pattern="[0-9]{1,6}" subject="true"/>
                  </service>
                </subsystem>
              </member>
              <member id="JO/GOV/PORTAL">
                <name lang="ar">البوابة</name><name lang="en">Portal</name>
                <node id="node-1"/>
                <subsystem code="web"><name lang="ar">الواجهة</name><name lang="en">Web</name></subsystem>
                <subsystem code="court"><name lang="ar">المحكمة</name><name lang="en">Court</name></subsystem>
              </member>
              <agreement id="life" consumer="JO/GOV/PORTAL/web" service="JO/GOV/CSPD/registry/life-status/v1"
                  validFrom="2026-01-01T00:00:00.000Z" validTo="2036-01-01T00:00:00.000Z">
                <purpose code="GENERAL_CLEARANCE" legalBasis="LAW-1"/>
                <actor kind="CITIZEN"/>
                <release path="lifeStatus/status"/>
              </agreement>
              <agreement id="own-vehicle" consumer="JO/GOV/PORTAL/web" service="JO/GOV/CSPD/registry/vehicle-record/v1"
                  validFrom="2026-01-01T00:00:00.000Z" validTo="2036-01-01T00:00:00.000Z">
                <purpose code="RENEWAL" legalBasis="LAW-2"/>
                <actor kind="CITIZEN" subject="OWN" assertion="REQUIRED" assurance="SUBSTANTIAL"/>
                <release path="vehicle/plate"/>
              </agreement>
              <agreement id="own-person" consumer="JO/GOV/PORTAL/web" service="JO/GOV/CSPD/registry/person-record/v1"
                  validFrom="2026-01-01T00:00:00.000Z" validTo="2036-01-01T00:00:00.000Z">
                <purpose code="EXTRACT" legalBasis="LAW-3"/>
                <actor kind="CITIZEN" subject="OWN" assertion="REQUIRED" assurance="HIGH"/>
                <release path="person/name"/>
              </agreement>
              <agreement id="court-person" consumer="JO/GOV/PORTAL/court" service="JO/GOV/CSPD/registry/person-record/v1"
                  validFrom="2026-01-01T00:00:00.000Z" validTo="2036-01-01T00:00:00.000Z" confidential="true">
                <purpose code="COURT_CASE" legalBasis="LAW-3"/>
                <actor kind="OFFICER" subject="CASE"/>
                <release path="person/name"/>
                <release path="person/maritalStatus"/>
                <quota perMinute="60" perDay="1000"/>
                <hours zone="Asia/Amman">
                  <open days="SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY" from="08:00" to="15:00"/>
                </hours>
              </agreement>
            </registry>
            """;

    private DraftRegistry() {}

    static byte[] octets() {
        return TEXT.getBytes(StandardCharsets.UTF_8);
    }

    static Path write(Path folder) throws IOException {
        return Files.write(folder.resolve("draft.xml"), octets());
    }

    /** The agreement on life statuses, with this field released and these hours or quotas. */
    static Path lifeAgreement(Path folder, String rules, String release, String limits) throws IOException {
        String text = LIFE_AGREEMENT.replace("<actor kind=\"CITIZEN\"/>", rules).formatted(release, limits);
        return Files.writeString(folder.resolve("agreement.xml"), text, StandardCharsets.UTF_8);
    }
}
