package org.wasl.node.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasl.agencies.AgencyCredentials;
import org.wasl.agencies.AgencyEndpoints;
import org.wasl.agencies.cspd.CspdCredentials;
import org.wasl.agencies.cspd.CspdServer;
import org.wasl.agencies.declared.BackEndFiles;
import org.wasl.schemas.pack.Pack;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.file.SecretFiles;

/**
 * How connectors find the sample agencies: the properties and secrets that {@code SampleDeclarations} name. In
 * production an operator gives these.
 */
public final class SampleBackEnds {

    private SampleBackEnds() {}

    /** The agencies' credentials, made at the first start; the connectors read those they need by the same names. */
    public static AgencyCredentials credentials(SecretFiles secrets) throws IOException {
        return new AgencyCredentials(
                new CspdCredentials(
                        secrets.obtain("cspd.owner"), secrets.obtain("cspd.reader"), secrets.obtain("cspd.registrar")),
                secrets.obtain("dvld.api-key"),
                secrets.obtain("ptax.bus"),
                secrets.obtain("moj.sftp"));
    }

    /** What declares the back-ends of packs. */
    static List<BackEndFiles> declared(Packs packs) {
        List<BackEndFiles> declared = new ArrayList<>();
        for (Pack pack : packs.all()) {
            pack.text(Pack.BACK_END + "/backend.yaml").ifPresent(declaration -> {
                Map<String, String> scripts = new HashMap<>();
                pack.names(Pack.BACK_END, ".sql")
                        .forEach(path -> scripts.put(
                                path.substring(path.lastIndexOf('/') + 1),
                                pack.text(path).orElseThrow()));
                declared.add(new BackEndFiles(pack + ", backend.yaml", declaration, scripts));
            });
        }
        return declared;
    }

    /** The properties for declarations. */
    static Map<String, String> properties(AgencyEndpoints endpoints) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("cspd.jdbc-url", endpoints.cspdJdbcUrl());
        properties.put("cspd.user", CspdServer.READER);
        properties.put("dvld.base-url", endpoints.dvldBase().toString());
        properties.put("ptax.address", endpoints.ptaxEndpoint().toString());
        properties.put("ptax.user", AgencyCredentials.PTAX_USER);
        properties.put("moj.host", endpoints.mojHost());
        properties.put("moj.port", Integer.toString(endpoints.mojPort()));
        properties.put("moj.user", AgencyCredentials.MOJ_USER);
        properties.put("moj.host-key", endpoints.mojHostKey());
        return properties;
    }
}
