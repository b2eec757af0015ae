package io.evenkeel.actions.aws;

import io.evenkeel.actions.CallFailure;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** The SDK's exceptions as the ports' failures. */
final class AwsFailures {

    /** Asked to come again: codes that the SDK does not count as throttling, and answers with 400 or 500. */
    private static final Set<String> FOR_NOW = Set.of("PriorRequestNotComplete", "ResourceContention",
            "ResourceContentionFault", "ScalingActivityInProgress", "ConcurrentModification",
            "ConcurrentModificationException", "Throttling", "ThrottlingException", "Throttled", "ThrottledException",
            "RequestLimitExceeded", "TooManyRequestsException");

    private AwsFailures() {}

    static CallFailure of(SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            return ofAnswer(answer);
        }
        if (failure instanceof AbortedException) {
            // The SDK clears the interrupt that stopped it; whoever waits next must see it.
            Thread.currentThread().interrupt();
        }
        return new CallFailure.Unavailable(oneLine(failure.getMessage()), failure);
    }

    private static CallFailure ofAnswer(AwsServiceException answer) {
        var detail = code(answer) + ": " + message(answer);
        if (answer.isThrottlingException() || FOR_NOW.contains(code(answer))) {
            return new CallFailure.Throttled(detail);
        }
        return answer.statusCode() >= 500
                ? new CallFailure.Unavailable(detail, answer)
                : new CallFailure.Denied(detail);
    }

    static String code(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "HTTP " + answer.statusCode() : details.errorCode();
    }

    static String message(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return oneLine(
                details == null || details.errorMessage() == null ? answer.getMessage() : details.errorMessage());
    }

    private static String oneLine(@org.jspecify.annotations.Nullable String message) {
        return message == null ? "no message" : message.replaceAll("\\s+", " ").strip();
    }
}
