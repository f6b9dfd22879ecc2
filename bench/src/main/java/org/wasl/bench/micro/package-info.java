/** JMH benchmarks of what an exchange cannot do without. */
@NullMarked
package org.wasl.bench.micro;

import org.jspecify.annotations.NullMarked;
