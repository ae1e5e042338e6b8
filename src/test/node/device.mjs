// A device made of openid-client, and a service that verifies with jose: all they know is the issuer and a client_id.
import assert from 'node:assert/strict';
import * as jose from 'jose';
import * as client from 'openid-client';

const [issuer, clientId, audience] = process.argv.slice(2);
const config = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
  execute: [client.allowInsecureRequests],
});
const codes = await client.initiateDeviceAuthorization(config, { scope: 'openid telemetry:write' });
console.log(`user_code ${codes.user_code}`);

let tokens = await client.pollDeviceAuthorizationGrant(config, codes);
const keys = jose.createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri));
for (let refresh = 0; refresh < 3; refresh++) {
  const { payload } = await jose.jwtVerify(tokens.access_token, keys, { issuer, audience, typ: 'at+jwt' });
  assert.equal(payload.client_id, clientId);
  assert.equal(tokens.claims().sub, payload.sub);
  const next = await client.refreshTokenGrant(config, tokens.refresh_token);
  assert.notEqual(next.refresh_token, tokens.refresh_token);
  tokens = next;
}
console.log('done');
