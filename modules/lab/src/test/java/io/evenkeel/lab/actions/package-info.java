/** Tests of the action consumer on a real broker and registry. */
@NullMarked
package io.evenkeel.lab.actions;

import org.jspecify.annotations.NullMarked;
