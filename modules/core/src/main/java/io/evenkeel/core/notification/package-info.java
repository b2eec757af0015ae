/** Whom to tell, when, and how often: alerts become notifications to channels. */
@NullMarked
package io.evenkeel.core.notification;

import org.jspecify.annotations.NullMarked;
