package io.evenkeel.bench.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Self-signed certificates of a farm's nodes, elliptic curve P-256: one for each {@link NodeFarm#BLOCK} addresses, which it
 * names, so it is about as long as a usual chain.
 *
 * @param folder where they and their keys are
 */
public record FarmTls(Path folder) {

    /** The stores live as long as the bench, on its machine. */
    private static final String PASSWORD = "changeit";

    /**
     * Makes them; half a second for each.
     *
     * @param nodes of the farm, from number 0 on
     * @throws IOException with what the JDK's keytool said when it can't
     */
    public static FarmTls make(Path folder, int nodes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var made = new FarmTls(folder);
        var all = new StringBuilder();
        for (int block = 0; block * NodeFarm.BLOCK < nodes; block++) {
            String names = IntStream.range(block * NodeFarm.BLOCK, Math.min(nodes, (block + 1) * NodeFarm.BLOCK))
                    .mapToObj(node -> "ip:" + NodeFarm.address(node)).collect(Collectors.joining(","));
            String store = made.store(block).toString();
            keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-groupname", "secp256r1", "-dname",
                    "CN=farm-" + block, "-ext", "san=" + names, "-keystore", store, "-storepass", PASSWORD);
            all.append(keytool("-exportcert", "-rfc", "-alias", "a", "-keystore", store, "-storepass", PASSWORD));
        }
        Files.writeString(made.trusted(), all, UTF_8);
        return made;
    }

    /** All certificates, PEM. */
    public Path trusted() {
        return folder.resolve("trusted.pem");
    }

    private Path store(int block) {
        return folder.resolve("block-" + block + ".p12");
    }

    /** For the server that a node is. */
    SSLContext serving(int node) throws IOException {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(store(node / NodeFarm.BLOCK).toFile(), PASSWORD.toCharArray()),
                    PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("can't use the certificate of node " + node, e);
        }
    }

    /** For a client of any of the nodes. */
    public SSLContext trusting() throws IOException {
        try (var in = Files.newInputStream(trusted())) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("node-" + store.size(), certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("can't use " + trusted(), e);
        }
    }

    /** The JDK has no API that makes a certificate; its own tool does. Returns what it printed. */
    private static String keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
        return output;
    }
}
