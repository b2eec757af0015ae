/** One failure each, from kill to recovery, with the time of every stage. A stage that does not come is a failed run. */
@NullMarked
package io.evenkeel.lab.scenario;

import org.jspecify.annotations.NullMarked;
