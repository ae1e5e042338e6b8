#!/usr/bin/env bash
# Keycloak with the device grant and rotation on, in development mode: start.sh FOLDER [PORT]
# FOLDER is where org.keycloak:keycloak-quarkus-dist (a zip) is unpacked.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$1
port=${2:-18700}
mkdir -p "$home/data/import"
cp "$here/conformance-realm.json" "$home/data/import/"
exec "$home/bin/kc.sh" start-dev --import-realm --http-host=127.0.0.1 --http-port="$port" --hostname="http://localhost:$port"
