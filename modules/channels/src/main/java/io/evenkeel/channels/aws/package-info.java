/** AWS: an SNS topic, an EventBridge bus, a metric of CloudWatch. */
@NullMarked
package io.evenkeel.channels.aws;

import org.jspecify.annotations.NullMarked;
