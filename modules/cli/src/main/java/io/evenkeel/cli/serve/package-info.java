/** The API in a process of its own, so that it is there when the pipeline is not. */
@NullMarked
package io.evenkeel.cli.serve;

import org.jspecify.annotations.NullMarked;
