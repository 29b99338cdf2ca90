#!/bin/sh
# Runs testssl against every port of a running instance and prints what it finds of medium severity or worse.
# Usage: integration-tests/peers/testssl.sh [--port-offset N] [--all]
#   --port-offset N   as the instance was started with
#   --all             also the ports between the services: annuaire, bridge, DMP store
# Exit code: 0 where nothing is found but what docs/operator-guide.md explains of the development certificates, else 1.
set -eu
offset=0
all=false
while [ $# -gt 0 ]; do
    case $1 in
        --port-offset) offset=$2; shift 2 ;;
        --all) all=true; shift ;;
        *) echo "Usage: $0 [--port-offset N] [--all]" >&2; exit 2 ;;
    esac
done
program=$(command -v testssl || command -v testssl.sh) || {
    echo "testssl is not installed: apt-get install testssl.sh" >&2
    exit 2
}

# findings about certificates that are made on this machine: no public authority, no address to ask, all on one host; and those of
# IGC-Santé, like these, are in force for three years
development='cert_chain_of_trust|cert_crlDistributionPoints|cert_ocspURL|cert_revocation|cert_trust|DNS_CAArecord|cert_expirationStatus|cert_validityPeriod'
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
found=0

# look NAME PORT [STARTTLS_PROTOCOL]
look() {
    report=$folder/$1.csv
    echo "== $1, port $(($2 + offset))"
    # shellcheck disable=SC2086  # two words or none
    "$program" --quiet --color 0 --warnings off --severity MEDIUM --nodns none --openssl-timeout 10 ${3:+--starttls $3} \
        --csvfile "$report" "127.0.0.1:$(($2 + offset))" >"$folder/$1.log" 2>&1 || true
    if [ ! -s "$report" ]; then
        echo "no report: is the instance up?"
        tail -n 3 "$folder/$1.log"
        found=1
        return
    fi
    # "id","fqdn/ip","port","severity","finding",…
    grep -E '^"[^"]*","[^"]*","[^"]*","(MEDIUM|HIGH|CRITICAL|FATAL)"' "$report" >"$folder/$1.worse" || true
    grep -Ev "^\"($development)[^\"]*\"" "$folder/$1.worse" >"$folder/$1.ours" || true
    grep -E "^\"($development)[^\"]*\"" "$folder/$1.worse" | sed 's/^/development certificates: /' || true
    if [ -s "$folder/$1.ours" ]; then
        cat "$folder/$1.ours"
        found=1
    fi
}

look smtp-mx 10025 smtp
look smtp-submission 10587 smtp
look smtp-submissions 10465
look imap 10143 imap
look imaps 10993
if $all; then
    look annuaire 10636
    look bridge-intake 10024 smtp
    look dmp-store 10443
fi
exit $found
