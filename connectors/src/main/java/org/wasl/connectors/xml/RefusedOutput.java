package org.wasl.connectors.xml;

import javax.xml.transform.Result;
import net.sf.saxon.lib.OutputURIResolver;
import net.sf.saxon.trans.XPathException;

/** Refuses every secondary result document. */
final class RefusedOutput implements OutputURIResolver {

    static final RefusedOutput INSTANCE = new RefusedOutput();

    private RefusedOutput() {}

    @Override
    public OutputURIResolver newInstance() {
        return this;
    }

    @Override
    public Result resolve(String href, String base) throws XPathException {
        return ClosedSaxon.refuse("result-document");
    }

    @Override
    public void close(Result result) {
        // Nothing was ever opened.
    }
}
