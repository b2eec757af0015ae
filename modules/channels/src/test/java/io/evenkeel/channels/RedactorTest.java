package io.evenkeel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorTest {

    private static final Redactor REDACTOR = Redactor
            .of(List.of("https://hooks.example/services/T0/B0/abcdefghijklmnop", "hunter2hunter2"));

    @Test
    void anAddressIsHiddenWholeAndInItsLongParts() {
        assertThat(REDACTOR.redacted("POST https://hooks.example/services/T0/B0/abcdefghijklmnop failed"))
                .isEqualTo("POST *** failed");
        assertThat(REDACTOR.redacted("{\"path\":\"\\/services\\/T0\\/B0\\/abcdefghijklmnop\"}"))
                .doesNotContain("abcdefghijklmnop");
    }

    @Test
    void aPasswordIsHiddenAlsoInBase64() {
        assertThat(REDACTOR.redacted("334 aHVudGVyMmh1bnRlcjI= hunter2hunter2")).isEqualTo("334 *** ***");
    }

    @Test
    void aSecretIsTakenOutBeforeTheTextIsCut() {
        assertThat(REDACTOR.detail("x".repeat(290) + "hunter2hunter2")).doesNotContain("hunter2")
                .hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void aDetailIsOneLine() {
        assertThat(REDACTOR.detail("a\r\nb\u202ec")).isEqualTo("a b c");
    }
}
