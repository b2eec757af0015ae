/** The lab's AWS: one HTTP endpoint that keeps state and acts on it, for the calls Evenkeel makes and the AWS CLI shows. */
@NullMarked
package io.evenkeel.lab.aws;

import org.jspecify.annotations.NullMarked;
