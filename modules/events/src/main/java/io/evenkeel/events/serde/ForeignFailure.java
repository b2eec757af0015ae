package io.evenkeel.events.serde;

import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import io.evenkeel.events.registry.RegistryUnavailableException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Tells poison from outage in what a foreign Avro deserializer throws. Confluent's throws SerializationException for both;
 * only its causes tell. Not every IOException is an outage: Avro's decoder throws it for bad bytes too.
 */
final class ForeignFailure {

    /** Confluent's RestClientException carries the registry's code only in its message for those without its class. */
    private static final Pattern OUTAGE_CODE = Pattern.compile("error code: (5\\d\\d|5\\d{4}|401|403|408|429)$");
    private static final Pattern UNKNOWN_ID = Pattern.compile("error code: 40403$");

    private ForeignFailure() {}

    static KafkaException translated(SerializationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof SocketException || cause instanceof UnknownHostException
                    || cause instanceof InterruptedIOException || cause instanceof SSLException
                    || OUTAGE_CODE.matcher(message).find()) {
                return new RegistryUnavailableException("schema registry: " + message, failure);
            }
            if (UNKNOWN_ID.matcher(message).find()) {
                return new UndecodableEventException(Reason.UNKNOWN_SCHEMA_ID, message, failure);
            }
        }
        return new UndecodableEventException(Reason.BAD_BODY, String.valueOf(failure.getMessage()), failure);
    }
}
