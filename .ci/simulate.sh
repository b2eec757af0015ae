#!/usr/bin/env bash
# Two minutes of simulated worlds from one seed on, the same each time, so that a change is what breaks them. Other worlds:
# EVENKEEL_SEED=$RANDOM. A seed that breaks a rule is printed with the command that runs it again.
set -euo pipefail
cd "$(dirname "$0")/.."

seed=${EVENKEEL_SEED:-0}
printf 'simulating from seed %s on; again: EVENKEEL_SEED=%s .ci/simulate.sh\n' "$seed" "$seed"
./evenkeel simulate --hours 12 --from "$seed" --for "${EVENKEEL_SIMULATE_FOR:-2m}" --reference
