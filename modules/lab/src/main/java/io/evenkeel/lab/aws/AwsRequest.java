package io.evenkeel.lab.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call as a service sees it.
 *
 * @param parameters Query protocol: form and URL parameters; REST: URL parameters only
 * @param region the region in the credential scope
 */
record AwsRequest(AwsService service, String action, String path, Map<String, String> parameters, String body,
        String region, String requestId) {

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return parameter(name).orElseThrow(
                () -> AwsFault.validation("1 validation error detected: Value null at '" + firstLower(name)
                        + "' failed to satisfy constraint: Member must not be null"));
    }

    int integer(String name, int fallback) {
        return parameter(name).map(text -> number(name, text)).orElse(fallback);
    }

    boolean flag(String name, boolean fallback) {
        return parameter(name).map(Boolean::parseBoolean).orElse(fallback);
    }

    /** The values of a Query list: name.member.1, name.member.2, and so on; empty if there is none. */
    List<String> members(String name) {
        var found = new ArrayList<String>();
        for (int i = 1; parameters.containsKey(name + ".member." + i); i++) {
            found.add(parameters.getOrDefault(name + ".member." + i, ""));
        }
        return found;
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw AwsFault.validation("Value '" + text + "' at '" + firstLower(name) + "' is not a number");
        }
    }

    private static String firstLower(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
