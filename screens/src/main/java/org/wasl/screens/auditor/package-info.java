/** The auditors' console. */
@NullMarked
package org.wasl.screens.auditor;

import org.jspecify.annotations.NullMarked;
