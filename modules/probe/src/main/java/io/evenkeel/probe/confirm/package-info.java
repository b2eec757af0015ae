/** Looking again at once: what confirms a first failure, and what tells of it before the next scheduled probe. */
@NullMarked
package io.evenkeel.probe.confirm;

import org.jspecify.annotations.NullMarked;
