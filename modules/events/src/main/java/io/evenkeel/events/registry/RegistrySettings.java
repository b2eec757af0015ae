package io.evenkeel.events.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry is and how to log in, by Confluent's configuration keys.
 *
 * @param urls {@code schema.registry.url}, separated by commas: tried in turn
 * @param authorization value of the Authorization header; null for none
 * @param connectTimeout {@code http.connect.timeout.ms}, 2 s by default
 * @param readTimeout {@code http.read.timeout.ms}, 5 s by default
 */
public record RegistrySettings(List<URI> urls, @Nullable String authorization, Duration connectTimeout,
        Duration readTimeout) {

    public static final String URL = "schema.registry.url";

    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new ConfigException(URL, null, "must name at least one registry");
        }
    }

    /**
     * Reads Confluent's keys.
     *
     * @throws ConfigException naming the key that is missing or wrong
     */
    public static RegistrySettings of(Map<String, ?> settings) {
        return new RegistrySettings(urls(text(settings, URL, "")), authorization(settings),
                millis(settings, "http.connect.timeout.ms", 2_000), millis(settings, "http.read.timeout.ms", 5_000));
    }

    @Override
    public String toString() {
        return "RegistrySettings[urls=" + urls + ", authorization=" + (authorization == null ? "none" : "***") + "]";
    }

    static String text(Map<String, ?> settings, String key, String otherwise) {
        Object value = settings.get(key);
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(Object::toString).toList());
        }
        return value == null ? otherwise : value.toString();
    }

    private static List<URI> urls(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::trim).filter(url -> !url.isEmpty())
                .map(RegistrySettings::url).toList();
    }

    private static URI url(String text) {
        var url = URI.create(text.endsWith("/") ? text : text + "/");
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new ConfigException(URL, text, "must start with http:// or https://");
        }
        return url;
    }

    private static Duration millis(Map<String, ?> settings, String key, long otherwise) {
        String text = text(settings, key, Long.toString(otherwise));
        try {
            return Duration.ofMillis(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new ConfigException(key, text, "must be a number of milliseconds");
        }
    }

    private static @Nullable String authorization(Map<String, ?> settings) {
        String basic = text(settings, "basic.auth.credentials.source", "");
        String bearer = text(settings, "bearer.auth.credentials.source", "");
        if (!bearer.isEmpty()) {
            requireOneOf("bearer.auth.credentials.source", bearer, "STATIC_TOKEN");
            return "Bearer " + required(settings, "bearer.auth.token");
        }
        return switch (basic) {
            case "" -> null;
            case "USER_INFO" -> basic(required(settings, "basic.auth.user.info"));
            case "URL" -> {
                String user = urls(text(settings, URL, "")).getFirst().getUserInfo();
                yield user == null ? null : basic(user);
            }
            default -> throw new ConfigException("basic.auth.credentials.source", basic,
                    "must be USER_INFO or URL");
        };
    }

    private static void requireOneOf(String key, String value, String allowed) {
        if (!value.equals(allowed)) {
            throw new ConfigException(key, value, "must be " + allowed);
        }
    }

    private static String required(Map<String, ?> settings, String key) {
        String value = text(settings, key, "");
        if (value.isEmpty()) {
            throw new ConfigException(key, null, "must be set");
        }
        return value;
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }
}
