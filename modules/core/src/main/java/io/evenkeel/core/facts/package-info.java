/** What is read of a cluster besides probes, for the gates: voters, shard copies, shutdown records, Auto Scaling. */
@NullMarked
package io.evenkeel.core.facts;

import org.jspecify.annotations.NullMarked;
