package io.jeton.conformance;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the packaged artifact: a jar, or a native executable. */
@QuarkusIntegrationTest
class ConformanceIT extends ConformanceTest {}
