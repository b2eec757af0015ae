/** What every bench has in common: how it is asked, how rounds are judged, how a report looks. */
@NullMarked
package io.evenkeel.bench;

import org.jspecify.annotations.NullMarked;
