package io.evenkeel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiConfigTest {

    private static final String BASE = """
            kafka: {bootstrapServers: "kafka:9092"}
            schemaRegistry: {url: "http://registry:8081"}
            vantages: [{name: va, zone: z1}]
            clusters: [{id: primary, seeds: ["http://es-1:9200"]}]
            """;

    private static Api parse(String api) {
        var environment = Map.of("ANNS_TOKEN", "the-token-of-ann-0");
        return ConfigFile.parse("evenkeel.yaml", BASE + api, name -> Optional.ofNullable(environment.get(name))).api();
    }

    private static void complains(String api, String... parts) {
        assertThatThrownBy(() -> parse(api)).isInstanceOf(ConfigException.class).hasMessageContainingAll(parts);
    }

    @Test
    void aTokenIsReadAtItsUseAndMayOperateWhereNothingIsSaid() {
        var token = parse("api: {tokens: [{name: ann@ops, token: {env: ANNS_TOKEN}}]}").tokens().getFirst();
        assertThat(token.secret().value()).isEqualTo("the-token-of-ann-0");
        assertThat(token.toString()).contains("ann@ops", "OPERATE").doesNotContain("the-token-of-ann-0");
    }

    @Test
    void aTokenMustNotStandInTheFileAndIsNotShown() {
        assertThatThrownBy(() -> parse("api: {tokens: [{name: ann, token: written-out-token}]}"))
                .hasMessageContaining(
                        "evenkeel.yaml:5:35: api.tokens[0].token: is a secret and must not stand in the file")
                .hasMessageNotContaining("written-out-token");
    }

    @Test
    void everyComplaintNamesFileLineKeyAndRule() {
        complains("""
                api:
                  host: 0.0.0.0
                  port: 70000
                  tokens:
                    - {name: evenkeel, token: {env: A}}
                    - {name: "a b", token: {env: A, file: b}, access: write}
                    - {name: ann}
                    - {name: ann, token: {env: A}, acess: read}
                  cors: "*"
                """, "evenkeel.yaml:6:9: api.host: must be loopback (127.0.0.1, localhost, ::1) where there is no tls",
                "evenkeel.yaml:7:9: api.port: must be a whole number from 0 to 65535, was '70000'",
                "evenkeel.yaml:9:14: api.tokens[0].name: must be 1 to 64 of letters",
                "and not evenkeel, was 'evenkeel'",
                "evenkeel.yaml:10:14: api.tokens[1].name: must be 1 to 64 of letters", "was 'a b'",
                "api.tokens[1].token: must have exactly one of env, file and secretsManager",
                "api.tokens[1].access: must be one of read, operate, was 'write'",
                "evenkeel.yaml:11:7: api.tokens[2].token: is missing, and has no default; write {env: NAME}",
                "evenkeel.yaml:12:14: api.tokens[3].name: must be another than that of a token before it, was 'ann'",
                "api.tokens[3].acess: is not a key here; allowed: name, token, access",
                "api.cors: is not a key here; allowed: host, port, tls, tokens");
    }

    @Test
    void tlsNeedsBothFiles() {
        complains("api: {tls: {certificateChain: a.pem}}", "api.tls.privateKey: is missing, and has no default");
        complains("api: {tls: {privateKey: a.pem}}", "api.tls.certificateChain: is missing, and has no default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "\"::1\""})
    void loopbackNeedsNoTls(String host) {
        assertThat(parse("api: {host: %s}".formatted(host)).settings().tls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.example.com", "10.0.0.1", "\"::\"", "localhost.example.com"})
    void allElseDoes(String host) {
        complains("api: {host: %s}".formatted(host), "api.host: must be loopback");
    }
}
