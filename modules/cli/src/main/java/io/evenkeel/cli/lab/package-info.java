/** The lab's commands. */
@NullMarked
package io.evenkeel.cli.lab;

import org.jspecify.annotations.NullMarked;
