// npm openid-client logs in at the simulator: `node client.mjs '<settings as JSON>'`. It checks what
// it gets as strictly as the library can, and prints what it learnt as JSON.
import * as oidc from 'openid-client';

const settings = JSON.parse(process.argv[2]);
const redirectUri = `${settings.portal}/auth/callback`;

const config = await oidc.discovery(
  new URL(settings.issuer),
  settings.clientId,
  undefined,
  oidc.ClientSecretBasic(settings.clientSecret),
  { execute: [oidc.allowInsecureRequests] },
);
const verifier = oidc.randomPKCECodeVerifier();
const nonce = oidc.randomNonce();
const state = oidc.randomState();
const url = await oidc.buildAuthorizationUrlWithPAR(config, {
  redirect_uri: redirectUri,
  scope: 'openid mitid ssn',
  idp_values: 'mitid',
  idp_params: JSON.stringify({ mitid: { loa_value: 'substantial' } }),
  max_age: '3600',
  nonce,
  state,
  code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});

// The person's part, by hand: choose Anna on the page.
const authorized = await fetch(url, { redirect: 'manual' });
const page = new URL(authorized.headers.get('location'), url);
const html = await (await fetch(page)).text();
const request = html.match(/name="request" value="([^"]+)"/)[1];
const chosen = await fetch(new URL('/op/login', page), {
  method: 'POST',
  redirect: 'manual',
  body: new URLSearchParams({ request, identity: settings.identity }),
});
const callback = new URL(chosen.headers.get('location'));

const tokens = await oidc.authorizationCodeGrant(config, callback, {
  pkceCodeVerifier: verifier,
  expectedNonce: nonce,
  expectedState: state,
  idTokenExpected: true,
  maxAge: 3600,
});
const claims = tokens.claims();
const userinfo = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);

let replayed;
try {
  await oidc.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state,
  });
} catch (error) {
  replayed = error.error;
}
const logout = oidc.buildEndSessionUrl(config, {
  id_token_hint: tokens.id_token,
  post_logout_redirect_uri: `${settings.portal}/`,
});
const loggedOut = await fetch(logout, { redirect: 'manual' });

console.log(JSON.stringify({
  pushed: [...url.searchParams.keys()].sort(),
  claims,
  userinfo,
  replayed,
  loggedOutTo: loggedOut.headers.get('location'),
}));
