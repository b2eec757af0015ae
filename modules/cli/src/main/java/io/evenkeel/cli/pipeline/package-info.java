/** The pipeline's own commands: run, agent, check-config. */
@NullMarked
package io.evenkeel.cli.pipeline;

import org.jspecify.annotations.NullMarked;
