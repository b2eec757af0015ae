/** What the topics say now, kept in memory. */
@NullMarked
package io.evenkeel.dashboard.model;

import org.jspecify.annotations.NullMarked;
