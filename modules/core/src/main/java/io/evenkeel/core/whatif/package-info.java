/** What would be done if something were lost now: the rules themselves, run ahead on a copy of what DECISION knows. */
@NullMarked
package io.evenkeel.core.whatif;

import org.jspecify.annotations.NullMarked;
