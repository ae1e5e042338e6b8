package io.jeton.device;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the packaged artifact: a jar, or a native executable. */
@QuarkusIntegrationTest
class DeviceGrantIT extends DeviceGrantTest {}
