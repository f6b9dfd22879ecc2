package org.wasl.node.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.keys.Pkcs11Custody;
import org.wasl.security.keys.Pkcs11Token;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.TokenAndFiles;
import org.wasl.security.keys.TokenDeclaration;

/** Opens the custody of members' keys that is configured, for the node and for commands beside it. */
public final class KeyStorage {

    /** The environment's variable that holds the token's PIN; without it, the PIN is among the secrets. */
    public static final String PIN_VARIABLE = "WASL_TOKEN_PIN";

    private KeyStorage() {}

    /**
     * The custody of a node's keys, as its configuration file says.
     *
     * @param configuration the operator's file; empty: {@code DIR/wasl.yaml} when it is there
     * @throws IOException when configuration, files or token cannot be read
     * @throws GeneralSecurityException when the token cannot be used
     */
    public static KeyCustody open(DataDirectory directory, Optional<Path> configuration)
            throws IOException, GeneralSecurityException {
        Path own = directory.root().resolve("wasl.yaml");
        Optional<Path> file = configuration.or(() -> Files.isRegularFile(own) ? Optional.of(own) : Optional.empty());
        MutablePropertySources sources = new MutablePropertySources();
        if (file.isPresent()) {
            PropertySourceLoader loader = file.get().toString().endsWith(".properties")
                    ? new PropertiesPropertySourceLoader()
                    : new YamlPropertySourceLoader();
            for (PropertySource<?> source : loader.load("operator", new FileSystemResource(file.get()))) {
                sources.addLast(source);
            }
        }
        Binder binder = new Binder(ConfigurationPropertySources.from(sources));
        return open(binder.bindOrCreate("wasl.keys", KeyProperties.class), new TrustFiles(directory.root()));
    }

    static KeyCustody open(KeyProperties properties, TrustFiles files) throws IOException, GeneralSecurityException {
        Pkcs12Custody inFiles = new Pkcs12Custody(files.keys(), files.secrets());
        if (properties.kind() == KeyProperties.Kind.PKCS12) {
            return inFiles;
        }
        KeyProperties.Token token = properties.token();
        if (token.library() == null) {
            throw new IllegalArgumentException("wasl.keys.token.library is missing: the PKCS#11 module's library");
        }
        TokenDeclaration declaration = new TokenDeclaration(
                token.library(), token.label(), token.slot(), token.sessions(), token.patience(), token.retry());
        Pkcs11Token open = Pkcs11Token.open(declaration, () -> pin(System.getenv(PIN_VARIABLE), files, token));
        return new TokenAndFiles(new Pkcs11Custody(open), inFiles);
    }

    private static char[] pin(@Nullable String given, TrustFiles files, KeyProperties.Token token) throws IOException {
        return (given == null ? files.secrets().read(token.pinSecret()) : given).toCharArray();
    }
}
