package io.evenkeel.channels.aws;

import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.content.Texts;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** The SDK's exceptions as receipts. */
public final class AwsFailures {

    /** About the message alone; anything else, as no permission or no such topic, is the channel's trouble. */
    static final Set<String> BAD_MESSAGE = Set.of("InvalidParameter", "InvalidParameterException",
            "InvalidParameterValue", "InvalidParameterCombination", "MissingParameter", "ParameterValueInvalid",
            "ParameterValueInvalidException", "ValidationError",
            "ValidationException", "MalformedDetail", "EventSizeExceededException");

    private static final int MAX_DETAIL = 300;

    private AwsFailures() {}

    static Receipt of(SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            String detail = detail(code(answer) + ": " + message(answer));
            return answer.statusCode() < 500 && BAD_MESSAGE.contains(code(answer))
                    ? new Receipt.Refused(detail)
                    : new Receipt.Later(detail, retryAfter(answer));
        }
        if (failure instanceof AbortedException) {
            // The SDK clears the interrupt that stopped it; whoever waits next must see it.
            Thread.currentThread().interrupt();
        }
        return new Receipt.Later(detail(String.valueOf(failure.getMessage())), Optional.empty());
    }

    static String detail(String text) {
        return Texts.cut(Texts.oneLine(text), MAX_DETAIL);
    }

    private static Optional<Duration> retryAfter(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? Optional.empty()
                : details.sdkHttpResponse().firstMatchingHeader("Retry-After")
                        .filter(value -> value.matches("[0-9]{1,4}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** AWS' name of the error, or {@code HTTP} and the status where there is none. */
    public static String code(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "HTTP " + answer.statusCode() : details.errorCode();
    }

    private static String message(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return String.valueOf(
                details == null || details.errorMessage() == null ? answer.getMessage() : details.errorMessage());
    }
}
