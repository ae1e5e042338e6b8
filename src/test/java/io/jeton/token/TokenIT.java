package io.jeton.token;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the packaged artifact: a jar, or a native executable. */
@QuarkusIntegrationTest
class TokenIT extends TokenTest {}
