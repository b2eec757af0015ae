package io.evenkeel.dashboard.api;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tokens, and whose one is. For many threads. */
public final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final List<TokenText> texts;

    /** @param tokens with a name each */
    public Tokens(List<Token> tokens) {
        this(tokens, System::nanoTime);
    }

    Tokens(List<Token> tokens, LongSupplier nanos) {
        texts = tokens.stream().map(token -> new TokenText(token, nanos)).toList();
    }

    /**
     * What nothing should be served with: tokens that are too short, or the same as another. One that can't be read now is
     * none of these, since it may be there later.
     */
    public List<String> faults() {
        var faults = new ArrayList<String>();
        var names = new HashMap<String, String>();
        for (var text : texts) {
            var token = text.token();
            String who = "the token of " + token.name() + " (" + token.source() + ")";
            if (text.isTooShort()) {
                faults.add(who + " must have at least " + TokenText.SHORTEST + " characters");
            } else {
                text.digest().map(digest -> names.put(HexFormat.of().formatHex(digest), token.name()))
                        .ifPresent(other -> faults.add(who + " must be another than that of " + other));
            }
        }
        return faults;
    }

    /** Whose it is: all are compared, in a time that does not depend on how much of one is right. */
    Optional<Token> owner(String presented) {
        byte[] digest = TokenText.digest(presented);
        var owners = new ArrayList<Token>();
        for (var text : texts) {
            if (MessageDigest.isEqual(digest, text.digest().orElseGet(() -> new byte[0]))) {
                owners.add(text.token());
            }
        }
        if (owners.size() > 1) {
            LOG.atWarn().addKeyValue("tokens", owners.stream().map(Token::name).toList())
                    .log("tokens are the same, they let nobody in");
        }
        return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
    }
}
