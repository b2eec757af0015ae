package io.evenkeel.cli.config;

import io.evenkeel.channels.Secret;
import io.evenkeel.dashboard.api.Access;
import io.evenkeel.dashboard.api.ApiSettings;
import java.util.List;

/**
 * What {@code serve} serves.
 *
 * @param tokens with a name each; without any nothing is served
 */
public record Api(ApiSettings settings, List<Token> tokens) {

    /** @param name who says what is said with it */
    public record Token(String name, Secret secret, Access access) {}

    public Api {
        tokens = List.copyOf(tokens);
    }
}
