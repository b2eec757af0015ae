/** The ports of {@code actions} on AWS; the only package that knows the AWS SDK. */
@NullMarked
package io.evenkeel.actions.aws;

import org.jspecify.annotations.NullMarked;
