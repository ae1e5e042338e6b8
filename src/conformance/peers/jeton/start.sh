#!/usr/bin/env bash
# Jeton's demo with what the kit asks for: start.sh FOLDER [PORT], from the root of the repository. FOLDER is for its data.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=$1
port=${2:-18702}
issuer=http://localhost:$port
# The public part of ../signers.json.
key=$(sed -n '/"key"/,/}/p' "$here/../signers.json" | sed -n '1,/}/p' | grep -v '"d"' | tr -d '\n' | sed 's/.*"key": //; s/",* *}.*/"}/')

java -Dquarkus.http.port="$port" -Djeton.issuer="$issuer" -Djeton.demo.data-dir="$data" \
  -Djeton.clients.other.name=Other -Djeton.clients.other.scopes=openid,telemetry:write \
  '-Djeton.clients."demo-device".status-list=true' \
  -Djeton.clients.signer.name=Signer -Djeton.clients.signer.token-endpoint-auth-method=private_key_jwt \
  "-Djeton.clients.signer.jwks={\"keys\":[$key]}" -Djeton.clients.signer.grant-types=client_credentials \
  '-Djeton.clients."secret-signer".name=Signer' \
  '-Djeton.clients."secret-signer".token-endpoint-auth-method=client_secret_jwt' \
  '-Djeton.clients."secret-signer".secret=a-secret-for-trying-and-nothing-else' \
  '-Djeton.clients."secret-signer".grant-types=client_credentials' \
  -Djeton.clients.sensor.name=Sensor -Djeton.clients.sensor.scopes=telemetry:write \
  -Djeton.clients.sensor.grant-types=urn:ietf:params:oauth:grant-type:jwt-bearer,refresh_token \
  -jar target/quarkus-app/quarkus-run.jar &
trap 'kill $!' EXIT

until curl -sf "$issuer/jwks" > /dev/null; do sleep 1; done
token=$(curl -s "$issuer/token" -u "demo-admin:$(cat "$data/admin-secret")" -d grant_type=client_credentials -d scope=jeton:admin |
  sed 's/.*"access_token":"\([^"]*\)".*/\1/')
curl -s "$issuer/admin/devices/import?client=sensor" -H "Authorization: Bearer $token" -H 'Content-Type: application/jsonl' \
  --data-binary "{\"serial\": \"S-1\", \"public_jwk\": $key}"
echo
wait
