package io.evenkeel.lab.registry;

import io.evenkeel.lab.registry.RegistryState.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What can be asked of the registry: the state, its rules, its file. Each call is one step; safe for many threads. */
final class Registrations {

    /** Confluent's default. */
    private static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.BACKWARD;
    private static final String GLOBAL = "";

    private final StateFile file;
    private final RegistryState state;

    Registrations(StateFile file) {
        this.file = file;
        this.state = file.read();
    }

    /** A version of a subject with its schema. */
    record Registered(String subject, int version, int id, String schema) {}

    /** A subject and one of its versions. */
    record Use(String subject, int version) {}

    synchronized int register(String subject, String text) throws RegistryError {
        var schema = parse(text);
        var known = find(subject, schema, false);
        if (known != null) {
            return known.id();
        }
        var objections = level(subject).objections(schema, liveSchemas(subject));
        if (!objections.isEmpty()) {
            throw RegistryError.incompatible(subject, objections);
        }
        var id = state.add(subject, schema.toString());
        save();
        return id;
    }

    synchronized Registered lookUp(String subject, String text, boolean deletedToo) throws RegistryError {
        versions(subject, deletedToo);
        var found = find(subject, parse(text), deletedToo);
        if (found == null) {
            throw RegistryError.noSchema("");
        }
        return registered(subject, found);
    }

    synchronized String schema(int id) throws RegistryError {
        var schema = state.schemas.get(id);
        if (schema == null) {
            throw RegistryError.noSchema(id + " ");
        }
        return schema;
    }

    synchronized List<Use> uses(int id, boolean deletedToo) throws RegistryError {
        schema(id);
        var uses = new ArrayList<Use>();
        state.subjects.forEach((subject, versions) -> versions.stream()
                .filter(v -> v.id() == id && (deletedToo || !v.deleted()))
                .forEach(v -> uses.add(new Use(subject, v.version()))));
        return List.copyOf(uses);
    }

    synchronized List<String> subjects(boolean deletedToo) {
        return state.subjects.entrySet().stream().filter(e -> deletedToo || !state.live(e.getKey()).isEmpty())
                .map(Map.Entry::getKey).toList();
    }

    /** The numbers of the subject's versions; at least one. */
    synchronized List<Integer> versionNumbers(String subject, boolean deletedToo) throws RegistryError {
        return versions(subject, deletedToo).stream().map(Version::version).toList();
    }

    /** By number, or "latest" (also -1, as Confluent has it). */
    synchronized Registered version(String subject, String which, boolean deletedToo) throws RegistryError {
        var versions = versions(subject, deletedToo);
        if (which.equals("latest") || which.equals("-1")) {
            return registered(subject, versions.getLast());
        }
        var number = number(which);
        for (var version : versions) {
            if (version.version() == number) {
                return registered(subject, version);
            }
        }
        throw RegistryError.noVersion(which);
    }

    synchronized List<Integer> deleteSubject(String subject, boolean permanent) throws RegistryError {
        var numbers = versionNumbers(subject, permanent);
        if (permanent && !state.live(subject).isEmpty()) {
            throw RegistryError.subjectNotSoftDeleted(subject);
        }
        for (var number : numbers) {
            delete(subject, number, permanent);
        }
        state.levels.remove(subject);
        save();
        return numbers;
    }

    synchronized int deleteVersion(String subject, String which, boolean permanent) throws RegistryError {
        var number = version(subject, which, permanent).version();
        if (permanent && state.live(subject).stream().anyMatch(v -> v.version() == number)) {
            throw RegistryError.versionNotSoftDeleted(subject, number);
        }
        delete(subject, number, permanent);
        save();
        return number;
    }

    private void delete(String subject, int version, boolean permanent) {
        if (permanent) {
            state.deleteForGood(subject, version);
        } else {
            state.deleteSoftly(subject, version);
        }
    }

    /** What stands against registering this schema; empty if nothing. Against one version, or all that the level asks for. */
    synchronized List<String> objections(String subject, @Nullable String version, String text) throws RegistryError {
        var schema = parse(text);
        if (version == null) {
            return level(subject).objections(schema, liveSchemas(subject));
        }
        return level(subject).objections(schema, List.of(parse(version(subject, version, false).schema())));
    }

    synchronized CompatibilityLevel globalLevel() {
        return Objects.requireNonNullElse(state.levels.get(GLOBAL), DEFAULT_LEVEL);
    }

    synchronized CompatibilityLevel subjectLevel(String subject, boolean orGlobal) throws RegistryError {
        if (!orGlobal && !state.levels.containsKey(subject)) {
            throw RegistryError.noSubjectConfig(subject);
        }
        return level(subject);
    }

    /** Sets a subject's level, or with null the global one. */
    synchronized void setLevel(@Nullable String subject, CompatibilityLevel level) throws RegistryError {
        state.levels.put(subject == null ? GLOBAL : subject, level);
        save();
    }

    /** Back to the default; returns what it was. */
    synchronized CompatibilityLevel removeLevel(@Nullable String subject) throws RegistryError {
        var old = subject == null ? globalLevel() : subjectLevel(subject, false);
        state.levels.remove(subject == null ? GLOBAL : subject);
        save();
        return old;
    }

    private CompatibilityLevel level(String subject) {
        return Objects.requireNonNullElse(state.levels.get(subject), globalLevel());
    }

    private List<Version> versions(String subject, boolean deletedToo) throws RegistryError {
        var versions = deletedToo ? state.subjects.getOrDefault(subject, List.of()) : state.live(subject);
        if (versions.isEmpty()) {
            throw RegistryError.noSubject(subject);
        }
        return versions;
    }

    private List<Schema> liveSchemas(String subject) throws RegistryError {
        var schemas = new ArrayList<Schema>();
        for (var version : state.live(subject)) {
            schemas.add(parse(schema(version.id())));
        }
        return schemas;
    }

    private @Nullable Version find(String subject, Schema schema, boolean deletedToo) throws RegistryError {
        var text = schema.toString();
        for (var version : state.subjects.getOrDefault(subject, List.of())) {
            if ((deletedToo || !version.deleted()) && schema(version.id()).equals(text)) {
                return version;
            }
        }
        return null;
    }

    private Registered registered(String subject, Version version) throws RegistryError {
        return new Registered(subject, version.version(), version.id(), schema(version.id()));
    }

    private static int number(String version) throws RegistryError {
        try {
            var number = Integer.parseInt(version);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, in the same words.
        }
        throw RegistryError.invalidVersion(version);
    }

    private static Schema parse(String text) throws RegistryError {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw RegistryError.invalidSchema(String.valueOf(e.getMessage()));
        }
    }

    private void save() throws RegistryError {
        try {
            file.write(state);
        } catch (IOException e) {
            throw RegistryError.storeFailed(e.toString());
        }
    }
}
