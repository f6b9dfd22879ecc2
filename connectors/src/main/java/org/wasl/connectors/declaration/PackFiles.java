package org.wasl.connectors.declaration;

import java.io.IOException;
import java.util.List;
import org.wasl.schemas.pack.Pack;

/**
 * The declarations of a pack: {@code *.yaml} in its folder of connectors, with what lies beside them.
 *
 * @param pack the pack
 */
public record PackFiles(Pack pack) implements DeclarationFiles {

    @Override
    public List<String> declarations() {
        return pack.names(Pack.CONNECTORS, ".yaml").stream()
                .map(name -> pack.code() + "/" + name)
                .toList();
    }

    @Override
    public String text(String name) throws IOException {
        String prefix = pack.code() + "/";
        return (name.startsWith(prefix)
                        ? pack.text(name.substring(prefix.length()))
                        : java.util.Optional.<String>empty())
                .orElseThrow(() -> new IOException("there is no " + name + " among the packs"));
    }
}
