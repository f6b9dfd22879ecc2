package org.wasl.schemas.xml;

/** Which grammar a document is to follow. */
public sealed interface GrammarChoice {

    /** This one. */
    record Found(Grammar grammar) implements GrammarChoice {}

    /** None, and why: one sentence. */
    record None(SchemaRule rule, String reason) implements GrammarChoice {}
}
