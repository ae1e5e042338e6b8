package io.jeton.device;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.client.Client;
import io.jeton.crypto.Randomness;
import io.jeton.device.fleet.EnrolledDevice;
import io.jeton.device.fleet.Enrolment;
import io.jeton.discovery.Issuer;
import io.jeton.grant.Authorization;
import io.jeton.grant.Grant;
import io.jeton.grant.GrantResult;
import io.jeton.grant.RefreshTokens;
import io.jeton.grant.TokenRequest;
import io.jeton.http.RequestTimeout;
import io.jeton.jose.AssertionRules;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PresentedOnceRepository;
import io.jeton.jose.PublicJwk;
import io.jeton.jose.SignedJwt;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.OAuthException;
import io.jeton.protocol.Scopes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A device that was enrolled by an operator signs for its own tokens, and nobody approves: RFC 7523 §2.1. It says its serial number in
 * {@code iss} and {@code sub}, and signs with the key it was enrolled with.
 */
@ApplicationScoped
final class DeviceAssertionGrant implements Grant {
    private static final String NOT_ENROLLED =
            "no device of this serial number is enrolled for the client with the key that"
                    + " signed; where the key's thumbprint alone was enrolled, the header jwk brings the key";

    private final Enrolment devices;
    private final RefreshTokens refreshTokens;
    private final PresentedOnceRepository presented;
    private final AssertionRules rules;
    private final Randomness randomness;
    private final RequestTimeout timeout;
    private final Clock clock;
    private final Event<AuditEvent> audit;

    DeviceAssertionGrant(
            Enrolment devices,
            RefreshTokens refreshTokens,
            PresentedOnceRepository presented,
            Issuer issuer,
            Randomness randomness,
            RequestTimeout timeout,
            Clock clock,
            Event<AuditEvent> audit) {
        this.devices = devices;
        this.refreshTokens = refreshTokens;
        this.presented = presented;
        this.rules = new AssertionRules(issuer.value());
        this.randomness = randomness;
        this.timeout = timeout;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public GrantType type() {
        return GrantType.JWT_BEARER;
    }

    @Override
    public Uni<Void> requireGenuine(TokenRequest request) {
        String assertion = request.form().require("assertion");
        return Uni.createFrom()
                .deferred(() -> signed(
                        assertion, request, (device, jwt) -> Uni.createFrom().voidItem()))
                .onFailure(InvalidJwtException.class)
                .transform(invalid -> new OAuthException(ErrorCode.INVALID_GRANT, invalid.reason()));
    }

    @Override
    public Uni<GrantResult> request(TokenRequest request) {
        String assertion = request.form().require("assertion");
        Scopes scopes = request.client().grantableToItself(request.form().get("scope"));
        return Uni.createFrom()
                .deferred(() -> signed(assertion, request, (device, jwt) -> present(device, jwt)
                        .chain(() -> open(device, request, scopes))))
                .onFailure(InvalidJwtException.class)
                .recoverWithItem(invalid -> GrantResult.invalidGrant(invalid.reason()));
    }

    /** What becomes of an assertion once it is found to be signed by a device; fails with {@link InvalidJwtException}. */
    private <T> Uni<T> signed(
            String assertion, TokenRequest request, BiFunction<EnrolledDevice, SignedJwt, Uni<T>> then) {
        SignedJwt jwt = SignedJwt.read(assertion, SignedJwt.PUBLIC_KEY_ALGORITHMS)
                .requireTypeIfAny("JWT", "authorization-grant+jwt");
        String serial = jwt.claims().requireText("sub");
        if (serial.chars().anyMatch(Character::isISOControl)) {
            // PostgreSQL does not even look for some of those.
            throw nobody();
        }
        return devices.find(request.client().id(), serial).chain(found -> Uni.createFrom()
                .deferred(() ->
                        then.apply(found.filter(known -> isSignedBy(known, jwt)).orElseThrow(() -> nobody()), jwt))
                .onFailure(InvalidJwtException.class)
                .invoke(invalid -> audit.fire(refused(found, request, invalid.reason()))));
    }

    /** Whether it says what it must, and says it for the first time; fails with {@link InvalidJwtException}. */
    private Uni<Void> present(EnrolledDevice device, SignedJwt jwt) {
        AssertionRules.Checked checked = rules.check(jwt.claims(), jwt.claims().requireText("sub"), clock.instant());
        return presented
                .present("device " + device.id(), checked.id(), checked.refusedFrom())
                .invoke(first -> {
                    if (!first) {
                        throw new InvalidJwtException("the assertion was presented before");
                    }
                })
                .replaceWithVoid();
    }

    /** One sentence for all: who has no key learns nothing of serial numbers. */
    private static InvalidJwtException nobody() {
        return new InvalidJwtException(NOT_ENROLLED);
    }

    /** @param found the device that he says he is, where there is one */
    private static AuditEvent refused(Optional<EnrolledDevice> found, TokenRequest request, String why) {
        AuditEvent event = AuditEvent.refused(EventType.DEVICE_ASSERTION_REFUSED)
                .withActor(Actor.client(request.client().id()))
                .withClient(request.client().id())
                .withFrom(request.from())
                .withReason(why);
        return found.map(device -> event.withDevice(device.id()).withAccount(device.owner()))
                .orElse(event);
    }

    /** A key that the assertion brings is as good as a registered one, where it has the registered thumbprint. */
    private static boolean isSignedBy(EnrolledDevice device, SignedJwt jwt) {
        try {
            Optional<PublicJwk> key =
                    device.publicJwk().or(() -> jwt.header().object("jwk")).map(PublicJwk::read);
            return key.filter(own -> own.thumbprint().equals(device.keyThumbprint()))
                    .filter(own -> own.signs(jwt.algorithm()) && jwt.verify(own.key()))
                    .isPresent();
        } catch (InvalidJwtException e) {
            return false;
        }
    }

    private Uni<GrantResult> open(EnrolledDevice found, TokenRequest request, Scopes scopes) {
        RequestTimeout.Deadline deadline = timeout.deadline();
        return devices.whileLocked(found.id(), (tx, now) -> {
                    EnrolledDevice device = now.filter(EnrolledDevice::mayAct)
                            .orElseThrow(() -> new InvalidJwtException("the device is suspended or retired"));
                    return open(tx, authorization(device, request.client(), scopes), request)
                            .invoke(deadline::check);
                })
                .invoke(granted -> audit.fire(AuditEvent.success(EventType.TOKEN_ISSUED)
                        .withActor(Actor.device(found.id()))
                        .withClient(request.client().id())
                        .withDevice(found.id())
                        .withAccount(found.owner())
                        .withFrom(request.from())
                        .withReason("it signed with its key")));
    }

    private Uni<GrantResult> open(SqlConnection tx, Authorization authorization, TokenRequest request) {
        if (!request.client().allows(GrantType.REFRESH_TOKEN)) {
            return Uni.createFrom().item(new GrantResult.Granted(authorization));
        }
        return refreshTokens
                .open(tx, randomness.id(), authorization, request)
                .map(issued -> new GrantResult.Granted(authorization.with(issued)));
    }

    private Authorization authorization(EnrolledDevice device, Client client, Scopes scopes) {
        return new Authorization(
                client,
                scopes,
                Optional.of(new Authorization.Approval(device.owner(), device.id(), clock.instant())),
                Optional.empty());
    }
}
