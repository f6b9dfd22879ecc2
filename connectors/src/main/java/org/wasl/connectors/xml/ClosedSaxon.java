package org.wasl.connectors.xml;

import java.util.Set;
import net.sf.saxon.Configuration;
import net.sf.saxon.lib.EnvironmentVariableResolver;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.lib.ResourceRequest;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.trans.XPathException;
import org.jspecify.annotations.Nullable;

/** A Saxon processor that stylesheets of other organisations may run in: no files, no network, no Java, no environment. */
public final class ClosedSaxon {

    private ClosedSaxon() {}

    public static Processor newProcessor() {
        Processor processor = new Processor(false);
        Configuration configuration = processor.getUnderlyingConfiguration();
        // Extension functions and xsl:evaluate would let a stylesheet run what its reviewers never saw.
        configuration.setBooleanProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
        configuration.setBooleanProperty(Feature.ALLOW_SYNTAX_EXTENSIONS, false);
        configuration.setBooleanProperty(Feature.DISABLE_XSL_EVALUATE, true);
        configuration.setBooleanProperty(Feature.DTD_VALIDATION, false);
        configuration.setBooleanProperty(Feature.XINCLUDE, false);
        configuration.setConfigurationProperty(Feature.ALLOWED_PROTOCOLS, "");
        configuration.setResourceResolver(ClosedSaxon::refuseResource);
        configuration.setUnparsedTextURIResolver((uri, encoding, config) -> refuse("unparsed-text"));
        configuration.setCollectionFinder((context, uri) -> refuse("collection"));
        configuration.setOutputURIResolver(RefusedOutput.INSTANCE);
        configuration.setConfigurationProperty(Feature.ENVIRONMENT_VARIABLE_RESOLVER, new NoEnvironment());
        return processor;
    }

    private static javax.xml.transform.Source refuseResource(ResourceRequest request) throws XPathException {
        return refuse("document, import or include");
    }

    static <T> T refuse(String what) throws XPathException {
        throw new XPathException("a mapping may not reach outside: " + what);
    }

    private static final class NoEnvironment implements EnvironmentVariableResolver {

        @Override
        public Set<String> getAvailableEnvironmentVariables() {
            return Set.of();
        }

        @Override
        public @Nullable String getEnvironmentVariable(String name) {
            return null;
        }
    }
}
