package io.evenkeel.lab.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.lab.process.LabException;
import io.evenkeel.lab.registry.RegistryState.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps the registry's state over a restart of the registry or the lab. */
record StateFile(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Content(Map<Integer, String> schemas, Map<String, List<Version>> subjects,
            Map<String, CompatibilityLevel> levels, Map<String, Integer> lastVersions) {}

    RegistryState read() {
        var state = new RegistryState();
        if (!Files.exists(path)) {
            return state;
        }
        try {
            var content = JSON.readValue(path.toFile(), Content.class);
            state.schemas.putAll(content.schemas());
            content.subjects().forEach((subject, versions) -> state.subjects.put(subject, new ArrayList<>(versions)));
            state.levels.putAll(content.levels());
            state.lastVersions.putAll(content.lastVersions());
            return state;
        } catch (IOException e) {
            throw new LabException("can't read the schema registry's file " + path + ": " + e.getMessage(), e);
        }
    }

    /** Written beside and moved: a crash leaves the old file or the new one. */
    void write(RegistryState state) throws IOException {
        var beside = path.resolveSibling(path.getFileName() + ".new");
        JSON.writeValue(beside.toFile(),
                new Content(state.schemas, state.subjects, state.levels, state.lastVersions));
        Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
