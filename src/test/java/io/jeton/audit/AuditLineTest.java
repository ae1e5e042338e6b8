package io.jeton.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditLineTest {
    private static final UUID ID = new UUID(1, 2);

    @Test
    void aLineHoldsWhatIsKnownAndNothingElse() {
        AuditEvent event = AuditEvent.success(EventType.DEVICE_APPROVED)
                .withActor(Actor.person(ID))
                .withClient("kettle")
                .withDevice(ID)
                .withAccount(ID)
                .withSubject("request")
                .withFrom("2001:db8::1")
                .withReason("two words");
        assertEquals(
                "type=device.approved outcome=success actor=person actor_id=" + ID + " client=kettle device=" + ID
                        + " account=" + ID + " subject=request from=2001:db8::1 reason=\"two words\"",
                AuditLine.of(event));
        assertEquals("type=sign_out outcome=success", AuditLine.of(AuditEvent.success(EventType.SIGN_OUT)));
        assertEquals(
                "type=key.retired outcome=success actor=system occurrences=7",
                AuditLine.of(AuditEvent.success(EventType.KEY_RETIRED)
                        .withActor(Actor.SYSTEM)
                        .withOccurrences(7)));
    }

    @Test
    void nobodyCanWriteALineOfHisOwnOrPretendToAnotherValue() {
        AuditEvent event = AuditEvent.refused(EventType.CLIENT_AUTHENTICATION_FAILED)
                .withClient("a\r\ntype=device.approved\u2028b\u0000\ud800")
                .withReason("x\" outcome=\"success\\");
        assertEquals(
                "type=client_authentication.failed outcome=refused client=\"a??type=device.approved?b??\""
                        + " reason=\"x\\\" outcome=\\\"success\\\\\"",
                AuditLine.of(event));
        assertEquals(
                200,
                AuditEvent.success(EventType.SIGN_OUT)
                        .withReason("r".repeat(5000))
                        .reason()
                        .length());
    }
}
