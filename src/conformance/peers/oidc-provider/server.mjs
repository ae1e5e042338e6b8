// node-oidc-provider with the device flow, rotation and JWT access tokens on; any name and password sign in.
// npm install && node server.mjs 18701
import { Provider } from 'oidc-provider';

const port = Number(process.argv[2] ?? 18701);
const resource = 'https://api.example.com';
const grants = ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'];
const device = (client_id) => ({
  client_id,
  token_endpoint_auth_method: 'none',
  grant_types: grants,
  redirect_uris: [],
  response_types: [],
});

// Who signs: the public part of ../signers.json.
const key = {"kty": "EC", "crv": "P-256", "kid": "for-trying", "alg": "ES256", "x": "-lBQVOjBHEjAxFXKq-OejJx7Kd3bITZjbGxw0QNuyVk", "y": "Z1_0v8Hr62I6qW9ZJHnTpw0ybGZowu7KURG1deZy-e4"};
const signer = (client_id, more) => ({
  client_id,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  ...more,
});

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    device('device'),
    device('other'),
    {
      client_id: 'service',
      client_secret: 'a-secret-for-trying-and-nothing-else',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
    signer('signer', { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } }),
    signer('secret-signer', {
      token_endpoint_auth_method: 'client_secret_jwt',
      client_secret: 'a-secret-for-trying-and-nothing-else',
    }),
  ],
  scopes: ['openid', 'offline_access', 'telemetry:read', 'telemetry:write'],
  features: {
    deviceFlow: { enabled: true },
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    introspection: { enabled: true },
    dPoP: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'telemetry:read telemetry:write',
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  rotateRefreshToken: true,
  issueRefreshToken: (ctx, client) => client.grantTypeAllowed('refresh_token'),
});

provider.listen(port, '127.0.0.1', () => console.log(`http://localhost:${port}`));
