#!/usr/bin/env bash
# Six simulated worlds, the same each time, so that a change is what breaks them: seeds 10 to 15. Seed 9 meets what
# docs/simulator.md lists as known and open. Other worlds: EVENKEEL_SEED=$RANDOM. A seed that breaks a rule is printed with
# the command that runs it again.
set -euo pipefail
cd "$(dirname "$0")/.."

seed=${EVENKEEL_SEED:-10}
printf 'simulating from seed %s on; again: EVENKEEL_SEED=%s .ci/simulate.sh\n' "$seed" "$seed"
./evenkeel simulate --hours 12 --from "$seed" --seeds "${EVENKEEL_SEEDS:-6}" --reference
