package io.evenkeel.lab.aws;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list with an opaque token to the next.
 *
 * @param nextToken empty on the last page
 */
record Page<T>(List<T> items, Optional<String> nextToken) {

    /** @throws AwsFault InvalidNextToken if the token is none that was handed out for such a list */
    static <T> Page<T> of(List<T> all, Optional<String> token, int size) {
        int from = token.map(text -> offset(text, all.size())).orElse(0);
        int to = Math.min(all.size(), from + size);
        return new Page<>(List.copyOf(all.subList(from, to)),
                to < all.size() ? Optional.of("page-" + to) : Optional.empty());
    }

    private static int offset(String token, int size) {
        if (token.matches("page-\\d{1,9}")) {
            return Math.min(size, Integer.parseInt(token.substring("page-".length())));
        }
        throw new AwsFault(400, "InvalidNextToken", "The token '" + token + "' is not valid.");
    }
}
