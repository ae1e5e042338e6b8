/**
 * The token endpoint: the pipeline which all grants share, the minting of access tokens (RFC 9068) and ID tokens
 * (OpenID Connect Core §2), and the client credentials grant. And what comes back: introspection (RFC 7662), revocation
 * (RFC 7009), userinfo, and the access token as a credential. Knows grants only by their contract.
 */
@NullMarked
package io.jeton.token;

import org.jspecify.annotations.NullMarked;
