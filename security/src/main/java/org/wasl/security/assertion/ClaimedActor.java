package org.wasl.security.assertion;

import org.jspecify.annotations.Nullable;
import org.wasl.security.actor.Actor;

/**
 * Who an assertion says acts: believed by nobody yet, but what the header of its request must say for it to be believed.
 *
 * @param actor the actor, with the assertion's digest
 * @param representedParty whom the actor represents; null when nobody
 */
public record ClaimedActor(Actor actor, @Nullable String representedParty) {}
