package org.wasl.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of the libraries that matter are on the class path. */
final class Versions {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*?(?:-M\\d+)?)(?:-linux-\\w+)?\\.jar");
    private static final List<String> MATTER = List.of(
            "AmazonCorrettoCryptoProvider",
            "artemis-server",
            "bcprov-jdk18on",
            "camel-api",
            "cxf-core",
            "HdrHistogram",
            "jmh-core",
            "phase4-lib",
            "Saxon-HE",
            "sqlite-jdbc",
            "wss4j-ws-security-common",
            "xmlsec",
            "zstd-jni");

    private Versions() {}

    static Map<String, String> onClassPath(String classPath) {
        Map<String, String> versions = new TreeMap<>();
        for (String entry : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
            Matcher jar = JAR.matcher(String.valueOf(Path.of(entry).getFileName()));
            if (jar.matches() && MATTER.contains(jar.group(1))) {
                versions.put(jar.group(1), jar.group(2));
            }
        }
        return versions;
    }
}
