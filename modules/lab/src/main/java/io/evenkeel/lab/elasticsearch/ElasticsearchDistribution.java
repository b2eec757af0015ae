package io.evenkeel.lab.elasticsearch;

import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The Elasticsearch server of a lab: the distribution for integration tests and our plugin, taken from the folder
 * {@code elasticsearch} below a home folder (the build puts them there) and unpacked once below the lab's folder, shared
 * by its nodes. Everybody may read it: as root, nodes run as another user.
 */
public final class ElasticsearchDistribution {

    private static final String PLUGIN = "evenkeel-rest-root";
    private static final String DESCRIPTOR = "plugin-descriptor.properties";

    private final Path server;
    private final Path nodes;
    private final NodeUser user;

    private ElasticsearchDistribution(Path server, Path nodes, NodeUser user) {
        this.server = server;
        this.nodes = nodes;
        this.user = user;
    }

    /**
     * Unpacks the server, 110 MB in about a second.
     *
     * @param home holds elasticsearch/elasticsearch.zip and elasticsearch/evenkeel-elasticsearch-plugin.jar
     * @param labFolder the lab's folder; must exist
     * @throws LabException if a file is missing or, as root, the server could not run as another user
     */
    public static ElasticsearchDistribution unpack(Path home, Path labFolder) {
        var archive = required(home.resolve("elasticsearch/elasticsearch.zip"));
        var plugin = required(home.resolve("elasticsearch/evenkeel-elasticsearch-plugin.jar"));
        try {
            var above = readable(labFolder.toAbsolutePath().normalize(), true);
            var folder = readable(Files.createDirectories(above.resolve("elasticsearch")), true);
            var user = NodeUser.of(folder);
            user.checkCanReach(folder);
            var server = folder.resolve("server");
            unzip(archive, server);
            install(plugin, server.resolve("plugins").resolve(PLUGIN));
            return new ElasticsearchDistribution(server,
                    readable(Files.createDirectories(folder.resolve("nodes")), true),
                    user);
        } catch (IOException e) {
            throw new LabException("can't unpack Elasticsearch below " + labFolder + ": " + e.getMessage(), e);
        }
    }

    /** The server's own home. */
    Path server() {
        return server;
    }

    /** Holds a folder for each node. */
    Path nodes() {
        return nodes;
    }

    NodeUser user() {
        return user;
    }

    private static Path required(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new LabException(file.toAbsolutePath() + " is missing; build the project first: mvn package");
        }
        return file;
    }

    /** Leaves out the first folder of each name, which carries the version. */
    private static void unzip(Path archive, Path target) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                var entry = entries.nextElement();
                var name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                var path = target.resolve(name).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(archive + " holds a name that leads out of it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    readable(Files.createDirectories(path), true);
                } else {
                    try (var content = zip.getInputStream(entry)) {
                        Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
                    }
                    readable(path, name.startsWith("bin/"));
                }
            }
        }
    }

    private static void install(Path jar, Path folder) throws IOException {
        readable(Files.createDirectories(folder), true);
        readable(Files.copy(jar, folder.resolve(PLUGIN + ".jar"), StandardCopyOption.REPLACE_EXISTING), false);
        try (var zip = new ZipFile(jar.toFile())) {
            var entry = zip.getEntry(DESCRIPTOR);
            if (entry == null) {
                throw new IOException(jar + " holds no " + DESCRIPTOR);
            }
            try (var content = zip.getInputStream(entry)) {
                Files.copy(content, folder.resolve(DESCRIPTOR), StandardCopyOption.REPLACE_EXISTING);
            }
            readable(folder.resolve(DESCRIPTOR), false);
        }
    }

    private static Path readable(Path path, boolean executable) {
        try {
            return Files.setPosixFilePermissions(path,
                    PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
