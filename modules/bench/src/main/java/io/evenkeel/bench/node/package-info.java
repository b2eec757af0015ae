/** What the benches watch: processes that answer as healthy nodes do. */
@NullMarked
package io.evenkeel.bench.node;

import org.jspecify.annotations.NullMarked;
