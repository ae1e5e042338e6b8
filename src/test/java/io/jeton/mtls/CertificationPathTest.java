package io.jeton.mtls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.mtls.TestCertificate.Wanted;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 5280 §6: a path from a certificate to an authority")
class CertificationPathTest {
    private static final Wanted VAULT = Wanted.of("CN=vault,O=Example").named(2, "vault.example.com");

    private final TestCertificate root = TestCertificate.authority("Clients");
    private final TestCertificate between = root.issue(Wanted.of("CN=Between").asAuthority());

    @Test
    void isAsLongAsItNeedsToBe() {
        assertTrue(leads(root.issue(VAULT), root));
        assertTrue(leads(between.issue(VAULT), root));
        assertFalse(leads(between.issue(VAULT).withoutChain(), root));
        assertTrue(leads(between.issue(VAULT).withoutChain(), root, between));
        assertTrue(leads(between.issue(VAULT).withoutChain(), between));
    }

    @Test
    void hasASignatureAtEachStep() {
        TestCertificate namesake = TestCertificate.authority("Clients");
        assertFalse(leads(namesake.issue(VAULT), root));
        assertTrue(leads(namesake.issue(VAULT), root, namesake));
        TestCertificate forged = namesake.issue(Wanted.of("CN=Between").asAuthority());
        List<X509Certificate> chain = List.of(forged.issue(VAULT).leaf(), between.leaf(), root.leaf());
        assertFalse(leads(new TestCertificate(root.key(), chain), root));
    }

    @Test
    void goesThroughAuthoritiesAlone() {
        assertFalse(leads(root.issue(Wanted.of("CN=other")).issue(VAULT), root));
        TestCertificate client = TestCertificate.selfSigned("other");
        assertFalse(leads(client.issue(VAULT), client));
        TestCertificate issued = root.issue(Wanted.of("CN=other"));
        assertFalse(leads(issued.issue(VAULT).withoutChain(), issued));
    }

    @Test
    void endsWhereAnAuthorityIsExpired() {
        TestCertificate expired =
                TestCertificate.selfSigned(Wanted.of("CN=Old").asAuthority().expired());
        assertFalse(leads(expired.issue(VAULT), expired));
        TestCertificate old = root.issue(Wanted.of("CN=Between").asAuthority().expired());
        assertFalse(leads(old.issue(VAULT), root));
        assertFalse(leads(old.issue(VAULT).withoutChain(), old));
    }

    @Test
    @DisplayName(
            "§4.2.1.10 what an authority may certify counts for those that are trusted as for those that are shown")
    void keepsWithinTheNamesOfItsAuthorities() {
        TestCertificate elsewhere =
                root.issue(Wanted.of("CN=Elsewhere").asAuthority().within("example.org"));
        TestCertificate here = root.issue(Wanted.of("CN=Here").asAuthority().within("example.com"));
        for (TestCertificate[] trusted :
                List.of(new TestCertificate[] {root}, new TestCertificate[] {root, elsewhere, here})) {
            assertFalse(leads(elsewhere.issue(VAULT), trusted));
            assertTrue(leads(here.issue(VAULT), trusted));
        }
        TestCertificate constrained =
                TestCertificate.selfSigned(Wanted.of("CN=Own").asAuthority().within("example.org"));
        assertFalse(leads(constrained.issue(VAULT), constrained));
    }

    @Test
    @DisplayName("a stranger's chain is followed along one way, however many there are")
    void isNotSearchedFor() {
        List<TestCertificate> authorities = new ArrayList<>();
        TestCertificate evil = TestCertificate.authority("A");
        for (int i = 0; i < 40; i++) {
            // Of two names, each certified by the other: there are more ways through them than anybody can walk.
            authorities.add(TestCertificate.authority(i % 2 == 0 ? "B" : "A")
                    .issue(Wanted.of(i % 2 == 0 ? "CN=A" : "CN=B").asAuthority()));
        }
        List<X509Certificate> chain = new ArrayList<>(List.of(evil.issue(VAULT).leaf()));
        authorities.forEach(authority -> chain.add(authority.leaf()));
        Collections.shuffle(chain.subList(1, chain.size()));
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertFalse(leads(new TestCertificate(evil.key(), chain), root)));
    }

    private static boolean leads(TestCertificate certificate, TestCertificate... trusted) {
        List<X509Certificate> chain = certificate.chain();
        return CertificationPath.leads(
                new ClientCertificate(chain.get(0), chain.subList(1, chain.size())),
                TestCertificate.trustStore(trusted),
                Instant.now());
    }
}
