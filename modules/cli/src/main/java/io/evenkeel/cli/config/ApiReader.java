package io.evenkeel.cli.config;

import io.evenkeel.core.decision.Intent;
import io.evenkeel.dashboard.api.Access;
import io.evenkeel.dashboard.api.ApiSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of {@code api}. */
final class ApiReader {

    private static final String HOST = "127.0.0.1";
    /** Beside the ports of metrics. */
    private static final int PORT = 9467;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private final SecretReader secrets = new SecretReader();

    Api read(Section section) {
        String host = section.text("host", HOST);
        int port = section.integer("port", PORT, 0, 65_535);
        var tls = section.has("tls") ? Optional.of(tls(section.section("tls"))) : Optional.<ApiSettings.Tls>empty();
        if (tls.isEmpty() && !LOOPBACK.matcher(host).matches()) {
            section.complain("host", "must be loopback (" + HOST + ", localhost, ::1) where there is no tls:"
                    + " tokens would be sent in the open");
        }
        var tokens = tokens(section.sections("tokens"));
        section.nothingElse();
        return new Api(new ApiSettings(host, port, tls), tokens);
    }

    private static ApiSettings.Tls tls(Section section) {
        var tls = new ApiSettings.Tls(Path.of(section.text("certificateChain")), Path.of(section.text("privateKey")));
        section.nothingElse();
        return tls;
    }

    private List<Api.Token> tokens(List<Section> sections) {
        var names = new HashSet<String>();
        var tokens = new ArrayList<Api.Token>();
        for (var section : sections) {
            var token = token(section);
            if (!names.add(token.name())) {
                section.complain("name", "must be another than that of a token before it, was '" + token.name() + "'");
            }
            tokens.add(token);
        }
        return tokens;
    }

    private Api.Token token(Section section) {
        String name = section.text("name");
        if (!NAME.matcher(name).matches() || name.equals(Intent.ITSELF)) {
            section.complain("name", "must be 1 to 64 of letters, digits, '.', '_', '@' and '-', and not "
                    + Intent.ITSELF + ", was '" + name + "'");
        }
        var token = new Api.Token(name, secrets.required(section, "token"),
                Access.valueOf(section.choice("access", "operate", "read", "operate").toUpperCase(Locale.ROOT)));
        section.nothingElse();
        return token;
    }
}
