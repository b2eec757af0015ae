/** Secrets from AWS Secrets Manager. */
@NullMarked
package io.evenkeel.channels.aws.secrets;

import org.jspecify.annotations.NullMarked;
