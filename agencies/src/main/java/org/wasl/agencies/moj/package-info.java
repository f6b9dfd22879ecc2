/** The justice agency: nightly files over SFTP. */
@NullMarked
package org.wasl.agencies.moj;

import org.jspecify.annotations.NullMarked;
