package io.evenkeel.events.registry;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The registry could not be asked: unreachable, too slow, or in trouble of its own. An outage, never poison: wait and try
 * the same record again.
 */
public final class RegistryUnavailableException extends RetriableException {

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
