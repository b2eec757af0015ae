package io.evenkeel.lab.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistryApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRING = body("\"string\"");
    private static final String ONE = body(record(""));
    private static final String TWO = body(record(",{\"name\":\"b\",\"type\":\"int\",\"default\":0}"));
    private static final String BAD = body(record(",{\"name\":\"c\",\"type\":\"int\"}"));

    @TempDir
    Path folder;

    @Test
    void idsAreGlobalAndTheSameSchemaGetsTheSameId() throws Exception {
        assertThat(post("/subjects/a-value/versions", ONE)).isEqualTo("{\"id\":1}");
        assertThat(post("/subjects/b-value/versions", STRING)).isEqualTo("{\"id\":2}");
        assertThat(post("/subjects/c-value/versions", ONE)).isEqualTo("{\"id\":1}");
        assertThat(post("/subjects/a-value/versions", ONE)).isEqualTo("{\"id\":1}");
        assertThat(get("/subjects")).isEqualTo("[\"a-value\",\"b-value\",\"c-value\"]");
        assertThat(get("/schemas/ids/1/versions")).isEqualTo(
                "[{\"subject\":\"a-value\",\"version\":1},{\"subject\":\"c-value\",\"version\":1}]");
        assertThat(get("/schemas/ids/2")).isEqualTo("{\"schema\":\"\\\"string\\\"\"}");
    }

    @Test
    void versionsAreFoundByNumberAsLatestAndBySchema() throws Exception {
        post("/subjects/s/versions", ONE);
        post("/subjects/s/versions", TWO);
        assertThat(get("/subjects/s/versions")).isEqualTo("[1,2]");
        assertThat(JSON.readTree(get("/subjects/s/versions/latest")).path("version").asInt()).isEqualTo(2);
        assertThat(JSON.readTree(get("/subjects/s/versions/1")).path("id").asInt()).isEqualTo(1);
        assertThat(get("/subjects/s/versions/1/schema")).startsWith("{\"type\":\"record\"");
        var found = JSON.readTree(post("/subjects/s", TWO));
        assertThat(found.path("subject").asText()).isEqualTo("s");
        assertThat(found.path("version").asInt()).isEqualTo(2);
        assertThat(found.path("id").asInt()).isEqualTo(2);
    }

    @Test
    void incompatibleSchemaIsRefusedByTheSubjectsLevelAndTakenWithNone() throws Exception {
        post("/subjects/s/versions", ONE);
        assertError(409, 409, "POST", "/subjects/s/versions", BAD);
        assertThat(post("/compatibility/subjects/s/versions/latest", BAD)).isEqualTo("{\"is_compatible\":false}");
        assertThat(post("/compatibility/subjects/s/versions/1", TWO)).isEqualTo("{\"is_compatible\":true}");
        assertThat(post("/compatibility/subjects/s/versions?verbose=true", BAD))
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        call("PUT", "/config/s", "{\"compatibility\":\"NONE\"}");
        assertThat(post("/subjects/s/versions", BAD)).isEqualTo("{\"id\":2}");
    }

    @Test
    void levelIsTheSubjectsOwnElseTheGlobalOne() throws Exception {
        assertThat(get("/config")).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(call("PUT", "/config", "{\"compatibility\":\"full_transitive\"}"))
                .isEqualTo("{\"compatibility\":\"FULL_TRANSITIVE\"}");
        assertThat(get("/config/s?defaultToGlobal=true")).isEqualTo("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        call("PUT", "/config/s", "{\"compatibility\":\"FORWARD\"}");
        assertThat(get("/config/s")).isEqualTo("{\"compatibilityLevel\":\"FORWARD\"}");
        assertThat(call("DELETE", "/config/s", "")).isEqualTo("{\"compatibilityLevel\":\"FORWARD\"}");
        assertError(404, 40408, "GET", "/config/s", "");
    }

    @Test
    void deletedSubjectIsHiddenItsSchemaIsNotAndItsVersionNumbersAreNotUsedAgain() throws Exception {
        post("/subjects/s/versions", ONE);
        assertError(404, 40405, "DELETE", "/subjects/s?permanent=true", "");
        assertThat(call("DELETE", "/subjects/s", "")).isEqualTo("[1]");
        assertError(404, 40401, "GET", "/subjects/s/versions", "");
        assertThat(get("/subjects?deleted=true")).isEqualTo("[\"s\"]");
        assertThat(get("/schemas/ids/1")).contains("record");
        assertThat(post("/subjects/s/versions", ONE)).isEqualTo("{\"id\":1}");
        assertThat(get("/subjects/s/versions")).isEqualTo("[2]");
        assertThat(call("DELETE", "/subjects/s/versions/latest", "")).isEqualTo("2");
        assertThat(call("DELETE", "/subjects/s?permanent=true", "")).isEqualTo("[1,2]");
        assertThat(get("/subjects?deleted=true")).isEqualTo("[]");
    }

    @Test
    void subjectMayHoldASlash() throws Exception {
        post("/subjects/a%2Fb+c/versions", ONE);
        assertThat(get("/subjects")).isEqualTo("[\"a/b+c\"]");
    }

    @Test
    void schemaThatIsNotAvroIsInvalid() {
        assertError(422, 42201, "POST", "/subjects/s/versions", body("{\"type\":\"recrod\"}"));
        assertError(422, 42201, "POST", "/subjects/s/versions", "{\"schemaType\":\"PROTOBUF\",\"schema\":\"x\"}");
        assertError(400, 400, "POST", "/subjects/s/versions", "{");
        assertError(422, 42203, "PUT", "/config", "{\"compatibility\":\"SOMETIMES\"}");
    }

    @ParameterizedTest
    @CsvSource({"GET,/subjects/none/versions,404,40401", "GET,/subjects/none/versions/1,404,40401",
            "GET,/schemas/ids/99,404,40403", "GET,/subjects/s/versions/9,404,40402",
            "GET,/subjects/s/versions/x,422,42202",
            "DELETE,/subjects/none,404,40401", "POST,/schemas/types,405,405", "GET,/nothing,404,404",
            "DELETE,/subjects/s/versions/1?permanent=true,404,40407"})
    void errorsCarryConfluentsCodes(String method, String path, int status, int code) throws Exception {
        post("/subjects/s/versions", ONE);
        assertError(status, code, method, path, "");
    }

    @Test
    void schemaThatTheSubjectLacksIsNotFound() throws Exception {
        post("/subjects/s/versions", ONE);
        assertError(404, 40403, "POST", "/subjects/s", TWO);
        assertError(404, 40401, "POST", "/subjects/none", ONE);
    }

    @Test
    void rootModeAndTypesAreAnswered() throws Exception {
        assertThat(get("/")).isEqualTo("{}");
        assertThat(get("/mode")).isEqualTo("{\"mode\":\"READWRITE\"}");
        assertThat(get("/schemas/types")).isEqualTo("[\"AVRO\"]");
    }

    /** Each call reads the file anew: whatever holds here holds over a restart. */
    private String call(String method, String path, String body) throws RegistryError {
        var api = new RegistryApi(new Registrations(new StateFile(folder.resolve("registry.json"))));
        var answer = api.answer(RegistryCall.of(method, URI.create(path), body.getBytes(StandardCharsets.UTF_8)));
        return answer instanceof RegistryApi.Json(var text) ? text : json(answer);
    }

    private String get(String path) throws RegistryError {
        return call("GET", path, "");
    }

    private String post(String path, String body) throws RegistryError {
        return call("POST", path, body);
    }

    private void assertError(int status, int code, String method, String path, String body) {
        assertThatThrownBy(() -> call(method, path, body)).isInstanceOfSatisfying(RegistryError.class, error -> {
            assertThat(error.status()).isEqualTo(status);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    private static String record(String more) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}" + more + "]}";
    }

    private static String body(String schema) {
        return json(Map.of("schema", schema));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
