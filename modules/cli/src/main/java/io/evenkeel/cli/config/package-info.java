/** One YAML file to one tree of checked values; every complaint names file, line, key, rule and value. */
@NullMarked
package io.evenkeel.cli.config;

import org.jspecify.annotations.NullMarked;
