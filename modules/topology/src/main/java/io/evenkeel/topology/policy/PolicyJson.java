package io.evenkeel.topology.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.PolicyRecord;
import io.evenkeel.topology.state.StateJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Policies as the text of a record: JSON with keys in a fixed order, so that equal numbers are equal text. No secret, no
 * address and no comment is in it: only what rules decide by.
 */
public final class PolicyJson {

    private static final String NO_REVISION = "";

    private PolicyJson() {}

    /** The same numbers under their revision: the first 12 hex digits of the SHA-256 of their text. */
    public static PolicySet revised(PolicySet policies) {
        return policies.named(hash(text(policies)));
    }

    /** What is published of a policy. */
    public static PolicyRecord record(PolicySet policies, String publishedBy) {
        return new PolicyRecord(policies.revision(), text(policies), publishedBy);
    }

    /**
     * What was published.
     *
     * @throws SerializationException when it is none of ours, or breaks a rule of the policies' own
     */
    public static PolicySet read(PolicyRecord published) {
        return StateJson.read(PolicySet.class, published.content().getBytes(UTF_8)).named(published.revision());
    }

    private static String text(PolicySet policies) {
        return new String(StateJson.written(policies.named(NO_REVISION)), UTF_8);
    }

    /** The first 12 hex digits of the SHA-256 of a text. */
    public static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)), 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
