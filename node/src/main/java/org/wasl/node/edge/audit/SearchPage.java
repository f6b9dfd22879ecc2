package org.wasl.node.edge.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a search, newest first.
 *
 * @param next the cursor of the next page; null when there is none. A page may have fewer leaves than asked for, even
 *     none, and still be followed by one: of what is rare only so many leaves are looked at for one page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SearchPage(List<LeafView> leaves, @Nullable String next) {}
