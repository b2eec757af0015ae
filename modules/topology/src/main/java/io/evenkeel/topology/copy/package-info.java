/** All that DECISION and ALERT judge, in one order: copied without a transaction, passed on once. */
@NullMarked
package io.evenkeel.topology.copy;

import org.jspecify.annotations.NullMarked;
