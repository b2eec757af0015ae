package io.evenkeel.lab.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the registry knows. Written to its file as JSON by field name. Guarded by {@link Registrations}. */
final class RegistryState {

    /**
     * One version of a subject.
     *
     * @param version from 1, never used again in its subject
     * @param id of the schema
     * @param deleted softly: hidden from the subject, still found by id
     */
    record Version(int version, int id, boolean deleted) {}

    /** Schema text by id, in Avro's own form. Ids are global, from 1, and never given twice. */
    final TreeMap<Integer, String> schemas = new TreeMap<>();

    /** Versions by subject, in rising order. */
    final TreeMap<String, List<Version>> subjects = new TreeMap<>();

    /** Levels by subject; the global one under the empty name. */
    final TreeMap<String, CompatibilityLevel> levels = new TreeMap<>();

    /** The version numbers that subjects have reached, which permanent deletion doesn't take back. */
    final TreeMap<String, Integer> lastVersions = new TreeMap<>();

    List<Version> live(String subject) {
        return subjects.getOrDefault(subject, List.of()).stream().filter(v -> !v.deleted()).toList();
    }

    Optional<Integer> idOf(String schema) {
        return schemas.entrySet().stream().filter(e -> e.getValue().equals(schema)).map(Map.Entry::getKey).findFirst();
    }

    int add(String subject, String schema) {
        var id = idOf(schema).orElseGet(() -> schemas.isEmpty() ? 1 : schemas.lastKey() + 1);
        schemas.put(id, schema);
        var number = lastVersions.merge(subject, 1, Integer::sum);
        subjects.computeIfAbsent(subject, _ -> new ArrayList<>()).add(new Version(number, id, false));
        return id;
    }

    void deleteSoftly(String subject, int version) {
        subjects.getOrDefault(subject, new ArrayList<>())
                .replaceAll(v -> v.version() == version ? new Version(v.version(), v.id(), true) : v);
    }

    void deleteForGood(String subject, int version) {
        var versions = subjects.getOrDefault(subject, new ArrayList<>());
        versions.removeIf(v -> v.version() == version);
        if (versions.isEmpty()) {
            subjects.remove(subject);
        }
    }
}
