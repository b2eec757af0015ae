/** Slack, by an incoming webhook. */
@NullMarked
package io.evenkeel.channels.slack;

import org.jspecify.annotations.NullMarked;
