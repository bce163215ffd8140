// npm oidc-provider as the portal's broker: `node provider.mjs '<settings as JSON>'`. It says "up"
// on its standard output when it listens on 127.0.0.1. Nothing of the library is changed: all that
// makes it one broker or another is configuration.
import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';

const { port, portal, clientId, clientSecret, dialect, atHash } = JSON.parse(process.argv[2]);

const NSIS = 'https://data.gov.dk/concept/core/nsis/';
const EID = 'https://data.gov.dk/model/core/eid/';

// What each broker says about Anna in its id_token, besides the protocol's own claims.
const dialects = {
  generic: {
    loa: `${NSIS}Substantial`,
    name: 'Anna Bæk Sørensen',
    birthdate: '1984-05-11',
    cpr: '7105841234',
  },
  idura: {
    uuid: '0b5a3c1e-3e0f-4a53-9d3f-0a63a90a1001',
    identityscheme: 'dkmitid',
    authenticationtype: 'urn:grn:authn:dk:mitid:substantial',
    cprNumberIdentifier: '7105841234',
    birthdate: '1984-05-11',
    age: '40',
    name: 'Anna Bæk Sørensen',
  },
  'idura-business': {
    uuid: 'f0f6bd0c-0f3a-4d0a-8a55-0a63a90a2002',
    identityscheme: 'dkmitid',
    authenticationtype: 'urn:grn:authn:dk:mitid:business',
    cvrNumberIdentifier: '12345678',
    employee: 'true',
    name: 'Lars Holm',
  },
  'nemlogin-bridge': {
    [`${NSIS}loa`]: 'Substantial',
    [`${EID}cprUuid`]: '0b5a3c1e-3e0f-4a53-9d3f-0a63a90a1001',
    [`${EID}cprNumber`]: '7105841234',
    [`${EID}fullName`]: 'Anna Bæk Sørensen',
    [`${EID}dateOfBirth`]: '1984-05-11',
    [`${EID}privilegesIntermediate`]: Buffer.from(
      '<bpp:PrivilegeList xmlns:bpp="http://digst.dk/oiosaml/basic_privilege_profile">'
      + '<PrivilegeGroup Scope="urn:dk:gov:saml:cprNumberIdentifier:1802602810">'
      + '<Privilege>urn:dk:kommune:enplan:laes</Privilege></PrivilegeGroup>'
      + '</bpp:PrivilegeList>',
    ).toString('base64'),
  },
  'nemlogin-bridge-employee': {
    [`${NSIS}loa`]: `${NSIS}Substantial`,
    [`${EID}professional/cvr`]: '12345678',
    [`${EID}professional/uuid/persistent`]: 'f0f6bd0c-0f3a-4d0a-8a55-0a63a90a2002',
    [`${EID}professional/orgName`]: 'Solkøbing Kommune',
    [`${EID}fullName`]: 'Lars Holm',
  },
};
const said = dialects[dialect];

// The library leaves at_hash out of the code flow; the Danish brokers do not. Given the access token
// as that claim, it puts its hash there.
function accessTokenToHash(ctx) {
  const token = ctx?.oidc?.entities?.AccessToken?.jti;
  return atHash && token ? { at_hash: token } : {};
}

const client = {
  client_id: clientId,
  redirect_uris: [`${portal}/auth/callback`],
  post_logout_redirect_uris: [`${portal}/`],
  backchannel_logout_uri: `${portal}/auth/backchannel-logout`,
  backchannel_logout_session_required: true,
  response_types: ['code'],
  grant_types: ['authorization_code'],
  id_token_signed_response_alg: 'RS256',
  ...(clientSecret
    ? { token_endpoint_auth_method: 'client_secret_basic', client_secret: clientSecret }
    : {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks_uri: `${portal}/auth/jwks.json`,
    }),
};

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const provider = new Provider(`http://localhost:${port}`, {
  clients: [client],
  jwks: { keys: [{ ...key, kid: 'peer-1', use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['only for tests'] },
  features: {
    devInteractions: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
  },
  pkce: { required: () => true },
  acrValues: ['low', 'substantial', 'high', 'business'].flatMap((level) => [
    `urn:grn:authn:dk:mitid:${level}`,
    NSIS + level[0].toUpperCase() + level.slice(1),
  ]),
  conformIdTokenClaims: false,
  claims: {
    openid: ['sub', ...(atHash ? ['at_hash'] : []), ...Object.keys(said)],
    profile: [],
    sid: null,
    iss: null,
    ...(dialect.startsWith('idura') ? {} : { auth_time: null }), // Idura sends none
  },
  async findAccount(ctx, id) {
    return { accountId: id, claims: () => ({ sub: id, ...said, ...accessTokenToHash(ctx) }) };
  },
  // The library asks for a connection pool of its own, which Node 20's fetch does not know.
  fetch(url, options = {}) {
    const { dispatcher, ...rest } = options;
    return globalThis.fetch(url, rest);
  },
});
for (const event of [
  'server_error', 'pushed_authorization_request.error', 'authorization.error', 'grant.error',
  'end_session.error', 'backchannel.error',
]) {
  provider.on(event, (_ctx, error) => console.error(event, error.message, error.error_description));
}
provider.listen(port, '127.0.0.1', () => console.log('up'));
