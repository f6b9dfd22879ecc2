package org.wasl.routes.broker;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wasl.schemas.identifier.MemberId;

/**
 * Members as Artemis' login by certificates knows them: by their certificates' names. Only registered certificates get as
 * far as that, so the name need but tell members apart.
 */
final class CertificateNames {

    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_ASCII = '~';

    private final Map<MemberId, SortedSet<String>> names = new TreeMap<>();

    private CertificateNames() {}

    /**
     * The names of these members' certificates.
     *
     * @throws GeneralSecurityException when two members' certificates bear one name
     */
    static CertificateNames of(Map<MemberId, List<X509Certificate>> members) throws GeneralSecurityException {
        CertificateNames all = new CertificateNames();
        Map<String, MemberId> owners = new HashMap<>();
        for (Map.Entry<MemberId, List<X509Certificate>> member : members.entrySet()) {
            SortedSet<String> own = new TreeSet<>();
            for (X509Certificate certificate : member.getValue()) {
                // As Artemis writes names: RFC 2253 has no word for serial numbers, and gives them as numbers and
                // octets.
                String name = certificate.getSubjectX500Principal().toString();
                MemberId owner = owners.putIfAbsent(name, member.getKey());
                if (owner != null && !owner.equals(member.getKey())) {
                    throw new GeneralSecurityException(
                            owner + " and " + member.getKey() + " have TLS certificates of one name: " + name);
                }
                own.add(name);
            }
            all.names.put(member.getKey(), own);
        }
        return all;
    }

    /** Which member has which name; several names of one are an expression that matches them and nothing else. */
    String users() {
        StringBuilder lines = new StringBuilder();
        names.forEach((member, own) -> {
            if (!own.isEmpty()) {
                String value = own.size() == 1
                        ? own.first()
                        : own.stream().map(Pattern::quote).collect(Collectors.joining("|", "/", "/"));
                lines.append(member.dotted()).append('=').append(escaped(value)).append('\n');
            }
        });
        return lines.toString();
    }

    /** Each member has a role of its own, by which rights are given. */
    String roles() {
        StringBuilder lines = new StringBuilder();
        names.forEach((member, own) -> lines.append(member.dotted())
                .append('=')
                .append(member.dotted())
                .append('\n'));
        return lines.toString();
    }

    /** As Java's properties files have values. */
    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (char c : value.toCharArray()) {
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (c < FIRST_PRINTABLE || c > LAST_ASCII) {
                escaped.append("\\u").append(String.format("%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
