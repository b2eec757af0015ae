/** ALERT: what was told to DECISION and what it decided in, alerts out. */
@NullMarked
package io.evenkeel.topology.alert;

import org.jspecify.annotations.NullMarked;
