/**
 * The three Streams applications. HEALTH, DECISION and ALERT have an application id each: one falling over leaves the
 * others. They meet only in topics.
 */
@NullMarked
package io.evenkeel.topology;

import org.jspecify.annotations.NullMarked;
