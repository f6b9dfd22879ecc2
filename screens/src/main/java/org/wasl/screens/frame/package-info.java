/** What all pages share: language, sign-in, who is signed in, forms, errors, static files. */
@NullMarked
package org.wasl.screens.frame;

import org.jspecify.annotations.NullMarked;
