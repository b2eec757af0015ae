/** Child processes of the lab: started, signalled, watched, and gone when the lab is, whatever ended it. */
@NullMarked
package io.evenkeel.lab.process;

import org.jspecify.annotations.NullMarked;
