/** Who has to know: transitions, decisions and outcomes become alerts, one key from first symptom to resolved. */
@NullMarked
package io.evenkeel.core.alert;

import org.jspecify.annotations.NullMarked;
