package io.jeton.user;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CredentialsTest {
    @Test
    void onlyWhatSomeAccountCouldHaveIsHashed() {
        assertTrue(new Credentials(" alice ", "").arePlausible());
        assertTrue(new Credentials("x".repeat(100), "x".repeat(1024)).arePlausible());
        assertFalse(new Credentials("  ", "password").arePlausible());
        assertFalse(new Credentials("x".repeat(101), "password").arePlausible());
        assertFalse(new Credentials("alice", "x".repeat(1025)).arePlausible());
    }

    @Test
    void neitherNameNorPasswordIsPrinted() {
        String printed = new Credentials("alice", "correct horse").toString();
        assertFalse(printed.contains("alice") || printed.contains("horse"), printed);
    }
}
