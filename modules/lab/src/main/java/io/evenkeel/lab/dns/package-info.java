/** The lab's name service: answers over DNS what the hosted zones of the lab's AWS endpoint say at that moment. */
@NullMarked
package io.evenkeel.lab.dns;

import org.jspecify.annotations.NullMarked;
