#!/usr/bin/env bash
# Two minutes of simulated worlds from a random seed on. A seed that breaks a rule is printed with the command that runs it again.
set -euo pipefail
cd "$(dirname "$0")/.."

seed=${EVENKEEL_SEED:-$((RANDOM * 32768 + RANDOM))}
printf 'simulating from seed %s on; again: EVENKEEL_SEED=%s .ci/simulate.sh\n' "$seed" "$seed"
./evenkeel simulate --from "$seed" --for "${EVENKEEL_SIMULATE_FOR:-2m}" --reference
