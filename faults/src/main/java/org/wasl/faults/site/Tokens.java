package org.wasl.faults.site;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.wasl.node.client.TokenClient;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.identity.DemoUsers;

/** Tokens of the demonstration's people, kept until they are refused. */
public final class Tokens {

    private static final Map<String, String> KEPT = new ConcurrentHashMap<>();

    private Tokens() {}

    /** The Authorization header of this person at this issuer. */
    public static String bearer(Address portal, String user) throws IOException, InterruptedException {
        String key = portal.issuer() + " " + user;
        String kept = KEPT.get(key);
        if (kept != null) {
            return kept;
        }
        String password = DemoUsers.passwords(new DataDirectory(portal.data())).getOrDefault(user, "");
        String token = new TokenClient(portal.issuer())
                .token(user, password)
                .orElseThrow(() -> new SiteException("the issuer does not know " + user));
        KEPT.put(key, "Bearer " + token);
        return "Bearer " + token;
    }

    /** The issuer has refused one: the next is asked for anew. */
    public static void forget(Address portal, String user) {
        KEPT.remove(portal.issuer() + " " + user);
    }
}
