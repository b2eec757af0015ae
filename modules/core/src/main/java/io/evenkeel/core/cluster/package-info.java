/** Names of what is watched: clusters, nodes, services, and the vantages that watch them. */
@NullMarked
package io.evenkeel.core.cluster;

import org.jspecify.annotations.NullMarked;
