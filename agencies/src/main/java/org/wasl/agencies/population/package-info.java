/** The invented people of the samples and what they own and owe, each derived from (seed, type, index). */
@NullMarked
package org.wasl.agencies.population;

import org.jspecify.annotations.NullMarked;
