/** PagerDuty, by its Events API v2. */
@NullMarked
package io.evenkeel.channels.pagerduty;

import org.jspecify.annotations.NullMarked;
