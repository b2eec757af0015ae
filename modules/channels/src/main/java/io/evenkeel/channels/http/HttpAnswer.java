package io.evenkeel.channels.http;

import io.evenkeel.channels.Channel.Receipt.Later;
import io.evenkeel.channels.Channel.Receipt.Refused;
import java.time.Duration;
import java.util.Optional;

/**
 * What a receiver answered, without secrets.
 *
 * @param body its first {@value HttpPoster#MAX_ANSWER_BYTES} bytes
 * @param detail status and body in one line
 * @param retryAfter what the receiver asks for
 */
public record HttpAnswer(int status, String body, String detail, Optional<Duration> retryAfter) {

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public Later later() {
        return new Later(detail, retryAfter);
    }

    public Refused refused() {
        return new Refused(detail);
    }
}
