package io.evenkeel.lab.registry;

import java.util.List;
import java.util.Map;

/** Confluent's paths, each to what it asks of {@link Registrations}. Returns what becomes the JSON body. */
final class RegistryApi {

    private final Registrations registrations;

    RegistryApi(Registrations registrations) {
        this.registrations = registrations;
    }

    /** A body that is JSON text already. */
    record Json(String text) {}

    Object answer(RegistryCall call) throws RegistryError {
        if (call.path().isEmpty()) {
            requireGet(call);
            return Map.of();
        }
        var rest = call.path().subList(1, call.path().size());
        return switch (call.path().getFirst()) {
            case "subjects" -> subjects(call, rest);
            case "schemas" -> schemas(call, rest);
            case "compatibility" -> compatibility(call, rest);
            case "config" -> config(call, rest);
            case "mode" -> mode(call, rest);
            default -> throw RegistryError.noSuchPath();
        };
    }

    private Object subjects(RegistryCall call, List<String> rest) throws RegistryError {
        if (rest.isEmpty()) {
            requireGet(call);
            return registrations.subjects(call.flag("deleted"));
        }
        var subject = rest.getFirst();
        if (rest.size() == 1) {
            return switch (call.method()) {
                case "POST" -> registrations.lookUp(subject, call.schema(), call.flag("deleted"));
                case "DELETE" -> registrations.deleteSubject(subject, call.flag("permanent"));
                default -> throw RegistryError.methodNotAllowed();
            };
        }
        if (!rest.get(1).equals("versions")) {
            throw RegistryError.noSuchPath();
        }
        return versions(call, subject, rest.subList(2, rest.size()));
    }

    private Object versions(RegistryCall call, String subject, List<String> rest) throws RegistryError {
        if (rest.isEmpty()) {
            return switch (call.method()) {
                case "GET" -> registrations.versionNumbers(subject, call.flag("deleted"));
                case "POST" -> Map.of("id", registrations.register(subject, call.schema()));
                default -> throw RegistryError.methodNotAllowed();
            };
        }
        if (rest.size() == 1 && call.method().equals("DELETE")) {
            return registrations.deleteVersion(subject, rest.getFirst(), call.flag("permanent"));
        }
        requireGet(call);
        var version = registrations.version(subject, rest.getFirst(), call.flag("deleted"));
        if (rest.size() == 1) {
            return version;
        }
        requirePath(rest.size() == 2 && rest.get(1).equals("schema"));
        return new Json(version.schema());
    }

    private Object schemas(RegistryCall call, List<String> rest) throws RegistryError {
        requireGet(call);
        if (rest.equals(List.of("types"))) {
            return List.of("AVRO");
        }
        requirePath(rest.size() >= 2 && rest.size() <= 3 && rest.getFirst().equals("ids"));
        var id = id(rest.get(1));
        if (rest.size() == 2) {
            return Map.of("schema", registrations.schema(id));
        }
        return switch (rest.get(2)) {
            case "schema" -> new Json(registrations.schema(id));
            case "versions" -> registrations.uses(id, call.flag("deleted"));
            case "subjects" ->
                registrations.uses(id, call.flag("deleted")).stream().map(Registrations.Use::subject).distinct()
                        .toList();
            default -> throw RegistryError.noSuchPath();
        };
    }

    private Object compatibility(RegistryCall call, List<String> rest) throws RegistryError {
        requirePath(rest.size() >= 3 && rest.size() <= 4 && rest.getFirst().equals("subjects")
                && rest.get(2).equals("versions"));
        if (!call.method().equals("POST")) {
            throw RegistryError.methodNotAllowed();
        }
        var version = rest.size() == 4 ? rest.get(3) : null;
        var objections = registrations.objections(rest.get(1), version, call.schema());
        var compatible = objections.isEmpty();
        return call.flag("verbose")
                ? Map.of("is_compatible", compatible, "messages", objections)
                : Map.of("is_compatible", compatible);
    }

    private Object config(RegistryCall call, List<String> rest) throws RegistryError {
        requirePath(rest.size() <= 1);
        var subject = rest.isEmpty() ? null : rest.getFirst();
        return switch (call.method()) {
            case "GET" -> Map.of("compatibilityLevel", subject == null
                    ? registrations.globalLevel()
                    : registrations.subjectLevel(subject, call.flag("defaultToGlobal")));
            case "PUT" -> {
                var level = call.level();
                registrations.setLevel(subject, level);
                yield Map.of("compatibility", level);
            }
            case "DELETE" -> Map.of("compatibilityLevel", registrations.removeLevel(subject));
            default -> throw RegistryError.methodNotAllowed();
        };
    }

    private static Object mode(RegistryCall call, List<String> rest) throws RegistryError {
        requirePath(rest.size() <= 1);
        requireGet(call);
        return Map.of("mode", "READWRITE");
    }

    private static int id(String text) throws RegistryError {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notAnId) {
            throw RegistryError.noSuchPath();
        }
    }

    private static void requireGet(RegistryCall call) throws RegistryError {
        if (!call.method().equals("GET")) {
            throw RegistryError.methodNotAllowed();
        }
    }

    private static void requirePath(boolean known) throws RegistryError {
        if (!known) {
            throw RegistryError.noSuchPath();
        }
    }
}
