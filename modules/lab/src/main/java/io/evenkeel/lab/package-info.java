/**
 * The lab: everything that a laptop lacks, as real processes on loopback, around the product's own run and agent
 * processes, which know nothing of it.
 */
@NullMarked
package io.evenkeel.lab;

import org.jspecify.annotations.NullMarked;
