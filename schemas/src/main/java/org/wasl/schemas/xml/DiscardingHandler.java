package org.wasl.schemas.xml;

import org.xml.sax.ext.DefaultHandler2;

/** Takes the place of a handler in a parser that waits to be used. */
final class DiscardingHandler extends DefaultHandler2 {

    static final DiscardingHandler INSTANCE = new DiscardingHandler();

    private DiscardingHandler() {}
}
