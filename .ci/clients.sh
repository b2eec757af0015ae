#!/usr/bin/env bash
# The lab as seen by clients of other makers: kcat reads the topics, the AWS CLI lists groups, records and topics.
set -euo pipefail
cd "$(dirname "$0")/.."

./evenkeel lab --background
trap './evenkeel lab stop' EXIT
eval "$(./evenkeel lab env)"
export AWS_ACCESS_KEY_ID=lab AWS_SECRET_ACCESS_KEY=lab AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
aws() { command aws --endpoint-url "$EVENKEEL_AWS_ENDPOINT_URL" --output text "$@"; }

check() { # what, wanted text, command...
  local what=$1 wanted=$2 got
  shift 2
  got=$("$@" 2>&1) || { printf 'FAILED %s: %s\n' "$what" "$got" >&2; exit 1; }
  grep -q -- "$wanted" <<<"$got" || { printf 'FAILED %s: no "%s" in:\n%s\n' "$what" "$wanted" "$got" >&2; exit 1; }
  printf 'ok  %s\n' "$what"
}

check 'lab status' 'primary .*HEALTHY' ./evenkeel lab status
check 'kcat lists the topics' evenkeel.node-transitions.v1 kcat -L -b "$EVENKEEL_BOOTSTRAP_SERVERS"
check 'kcat reads transitions' primary/master-1 \
  kcat -C -q -e -b "$EVENKEEL_BOOTSTRAP_SERVERS" -t evenkeel.node-transitions.v1 -f '%k\n'
check 'AWS CLI: groups' lab-data aws autoscaling describe-auto-scaling-groups
zone=$(aws route53 list-hosted-zones --query 'HostedZones[0].Id')
check 'AWS CLI: records' search.evenkeel.test aws route53 list-resource-record-sets --hosted-zone-id "$zone"
check 'AWS CLI: topics' evenkeel-announcements aws sns list-topics
check 'AWS CLI: event buses' evenkeel aws events list-event-buses
