/** How people are reached: notifications go over channels, with receipts. */
@NullMarked
package io.evenkeel.channels;

import org.jspecify.annotations.NullMarked;
