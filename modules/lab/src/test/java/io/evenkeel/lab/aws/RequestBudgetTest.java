package io.evenkeel.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RequestBudget budget = new RequestBudget(5, nanos::get);

    @Test
    void fiveAtOnceThenOneEachFifthOfASecond() {
        assertThat(taken(10)).isEqualTo(5);
        nanos.addAndGet(200_000_000);
        assertThat(taken(10)).isEqualTo(1);
        nanos.addAndGet(3_600_000_000_000L);
        assertThat(taken(10)).isEqualTo(5);
    }

    private int taken(int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budget.take() ? 1 : 0;
        }
        return taken;
    }
}
