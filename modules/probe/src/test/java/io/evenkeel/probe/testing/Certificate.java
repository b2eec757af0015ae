package io.evenkeel.probe.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate with its key.
 *
 * @param pem the certificate alone, as a client trusts it
 */
public record Certificate(Path store, Path pem) {

    private static final String PASSWORD = "changeit";

    /** The JDK has no API that makes a certificate; its own tool does. */
    public static Certificate make(Path folder, String name, String subjectAlternativeName) throws Exception {
        var made = new Certificate(folder.resolve(name + ".p12"), folder.resolve(name + ".pem"));
        keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=test", "-ext",
                "san=" + subjectAlternativeName, "-keystore", made.store().toString(), "-storepass", PASSWORD);
        keytool("-exportcert", "-rfc", "-alias", "a", "-keystore", made.store().toString(), "-storepass", PASSWORD,
                "-file", made.pem().toString());
        return made;
    }

    /** For a server that shows it. */
    public SSLContext serving() throws IOException, GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
