/** Packs: what one agency, or one composite service, declares about itself in one folder, found by listing. */
@NullMarked
package org.wasl.schemas.pack;

import org.jspecify.annotations.NullMarked;
