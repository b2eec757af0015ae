package io.evenkeel.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TokensTest {

    private static final String LONG_ENOUGH = "0123456789abcdef";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.evenkeel.dashboard");
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private static Token token(String name, Supplier<String> text) {
        return new Token(name, "file " + name + ".token", Access.OPERATE, text);
    }

    private static Supplier<String> unreadable(AtomicInteger reads) {
        return () -> {
            reads.incrementAndGet();
            throw new IllegalStateException("file can't be read");
        };
    }

    private Tokens tokens(Token... tokens) {
        return new Tokens(List.of(tokens), nanos::get);
    }

    private static Optional<String> owner(Tokens tokens, String text) {
        return tokens.owner(text).map(Token::name);
    }

    private List<String> logged() {
        return log.list.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage() + " "
                + event.getKeyValuePairs()).toList();
    }

    @Test
    void aTokenTellsWhoseItIs() {
        var tokens = tokens(token("ann", () -> "the-token-of-ann-0"), token("bob", () -> "the-token-of-bob-0"));
        assertThat(owner(tokens, "the-token-of-bob-0")).contains("bob");
        assertThat(owner(tokens, "the-token-of-bob-1")).isEmpty();
        assertThat(owner(tokens, "")).isEmpty();
        assertThat(tokens.faults()).isEmpty();
    }

    @Test
    void aRotatedTokenCountsAtOnceAndTheOldOneNoMore() {
        var text = new AtomicReference<>("the-old-token-000");
        var tokens = tokens(token("ann", text::get));
        assertThat(owner(tokens, "the-old-token-000")).contains("ann");
        text.set("the-new-token-000");
        assertThat(owner(tokens, "the-new-token-000")).contains("ann");
        assertThat(owner(tokens, "the-old-token-000")).isEmpty();
    }

    @Test
    void oneThatCantBeReadIsRefusedAloneToldOnceAndReadAgainAfterAWhile() {
        var reads = new AtomicInteger();
        var text = new AtomicReference<>(unreadable(reads));
        var tokens = tokens(token("ann", () -> text.get().get()), token("bob", () -> LONG_ENOUGH));
        for (int request = 0; request < 100; request++) {
            assertThat(owner(tokens, LONG_ENOUGH)).contains("bob");
        }
        assertThat(reads).hasValue(1);
        assertThat(logged()).singleElement().asString().startsWith("WARN token lets nobody in")
                .contains("ann", "file ann.token", "file can't be read");
        nanos.addAndGet(TokenText.READ_AGAIN_AFTER.toNanos());
        assertThat(owner(tokens, "the-token-of-ann-0")).isEmpty();
        assertThat(reads).hasValue(2);
        text.set(() -> "the-token-of-ann-0");
        nanos.addAndGet(TokenText.READ_AGAIN_AFTER.toNanos());
        assertThat(owner(tokens, "the-token-of-ann-0")).contains("ann");
        assertThat(logged()).hasSize(2).last().asString().startsWith("INFO token is good again");
    }

    @Test
    void oneThatIsTooShortLetsNobodyInAndIsAFault() {
        var tokens = tokens(token("ann", () -> "short-secret-01"), token("bob", () -> LONG_ENOUGH));
        assertThat(owner(tokens, "short-secret-01")).isEmpty();
        assertThat(tokens.faults())
                .containsExactly("the token of ann (file ann.token) must have at least 16 characters");
        assertThat(logged()).singleElement().asString().contains("ann").doesNotContain("short-secret-01");
    }

    @Test
    void twoThatAreTheSameLetNobodyInAndAreAFault() {
        var tokens = tokens(token("ann", () -> LONG_ENOUGH), token("bob", () -> LONG_ENOUGH));
        assertThat(owner(tokens, LONG_ENOUGH)).isEmpty();
        assertThat(tokens.faults())
                .containsExactly("the token of bob (file bob.token) must be another than that of ann");
        assertThat(logged()).singleElement().asString().contains("ann", "bob").doesNotContain(LONG_ENOUGH);
    }

    @Test
    void oneThatCantBeReadYetIsNoFault() {
        assertThat(tokens(token("ann", unreadable(new AtomicInteger()))).faults()).isEmpty();
    }
}
