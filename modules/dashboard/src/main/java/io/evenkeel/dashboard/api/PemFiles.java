package io.evenkeel.dashboard.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's certificates and key from PEM files. What is wrong with one is told by its name, never by its text. */
final class PemFiles {

    private static final Pattern KEY = Pattern
            .compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PemFiles() {}

    /** @throws IllegalStateException that names the file and says what is wrong with it */
    static SSLContext context(ApiSettings.Tls tls) {
        var chain = chain(tls.certificateChain());
        var key = key(tls.privateKey());
        try {
            if (!belong(chain.getFirst().getPublicKey(), key)) {
                throw new IllegalStateException("api.tls.privateKey: " + tls.privateKey()
                        + " is not the key of the first certificate in " + tls.certificateChain());
            }
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("api", key, new char[0], chain.toArray(new Certificate[0]));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException refused) {
            throw new IllegalStateException("api.tls can't be used: " + refused.getMessage(), refused);
        }
    }

    private static List<Certificate> chain(Path file) {
        try {
            var chain = List.<Certificate>copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes("certificateChain", file))));
            if (chain.isEmpty()) {
                throw new IllegalStateException("api.tls.certificateChain: " + file + " holds no certificate");
            }
            return chain;
        } catch (CertificateException malformed) {
            throw new IllegalStateException("api.tls.certificateChain: " + file + " holds no certificate in PEM",
                    malformed);
        }
    }

    private static PrivateKey key(Path file) {
        var text = KEY.matcher(new String(bytes("privateKey", file), US_ASCII));
        if (text.find()) {
            try {
                var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text.group(1)));
                for (String algorithm : ALGORITHMS) {
                    try {
                        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
                    } catch (InvalidKeySpecException _) {
                        // One of another algorithm: the next one is tried.
                    }
                }
            } catch (GeneralSecurityException | IllegalArgumentException _) {
                // Without the cause: its message may quote the key.
            }
        }
        throw new IllegalStateException("api.tls.privateKey: " + file + " holds no key in PKCS#8 without a password"
                + " (-----BEGIN PRIVATE KEY-----), RSA, EC or Ed25519; openssl pkcs8 -topk8 -nocrypt makes one");
    }

    private static byte[] bytes(String key, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException("api.tls." + key + ": " + file + " can't be read: "
                    + unreadable.getClass().getSimpleName(), unreadable);
        }
    }

    /** Found out at the start, and not by the first who asks. */
    private static boolean belong(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        if (!open.getAlgorithm().equals(secret.getAlgorithm())) {
            return false;
        }
        var signature = Signature.getInstance(switch (open.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> open.getAlgorithm();
        });
        byte[] text = "evenkeel".getBytes(US_ASCII);
        signature.initSign(secret);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(text);
        return signature.verify(signed);
    }
}
