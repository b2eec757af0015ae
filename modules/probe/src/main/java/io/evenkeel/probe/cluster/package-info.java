/** Whether a cluster's service can be used, as one vantage sees it. */
@NullMarked
package io.evenkeel.probe.cluster;

import org.jspecify.annotations.NullMarked;
