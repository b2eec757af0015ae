/**
 * Carries out decided actions and tells people: claims a request, looks at the live gates, acts through a port, verifies,
 * records what came of it. Ports are here, their adapters in {@code actions.aws}.
 */
@NullMarked
package io.evenkeel.actions;

import org.jspecify.annotations.NullMarked;
