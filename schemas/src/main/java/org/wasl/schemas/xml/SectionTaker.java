package org.wasl.schemas.xml;

import org.w3c.dom.Element;

/** Takes the elements right below a document's root, one after another, so that they need not be in memory together. */
@FunctionalInterface
public interface SectionTaker {

    /** Takes none: the document is kept whole. */
    SectionTaker NONE = section -> false;

    /**
     * Told of a section once it has ended, as long as nothing is wrong with the document up to there. What comes after it
     * may still be wrong: nothing may be done with it before the document's verdict.
     *
     * @return whether it is left out of the document
     */
    boolean take(Element section);
}
