/** Takes notifications from their topic to channels: order, pace, patience, failover, receipts. */
@NullMarked
package io.evenkeel.channels.delivery;

import org.jspecify.annotations.NullMarked;
