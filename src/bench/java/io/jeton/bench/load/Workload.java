package io.jeton.bench.load;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of load. Each worker has a device, or a connection, of its own. */
public enum Workload {
    REFRESH("refresh") {
        @Override
        Scenario worker(Target target, Http http) throws Exception {
            return new RefreshChain(
                    new Device(target, http), new Device(target, http).tokens().getString("refresh_token"));
        }
    },
    CLIENT_CREDENTIALS("client credentials") {
        @Override
        Scenario worker(Target target, Http http) {
            Target.Service service = target.service();
            Map<String, String> basic = Http.basic(service.id(), service.secret());
            return () -> http.post(target.provider().tokenEndpoint(), basic, "grant_type", "client_credentials")
                    .map(answer -> answer.require(200));
        }
    },
    DEVICE_FLOW("device flow, approval included") {
        @Override
        Scenario worker(Target target, Http http) throws Exception {
            // What a provider keeps of a person's first consent to a client is there before several come at once.
            new Device(target, http).tokens();
            return new DeviceFlow(target, http);
        }
    },
    PENDING_POLL("pending poll") {
        @Override
        Scenario worker(Target target, Http http) {
            return new PendingPolls(new Device(target, http));
        }
    },
    JWKS("JWKS") {
        @Override
        Scenario worker(Target target, Http http) {
            return read(http, target.provider().jwks());
        }
    },
    DISCOVERY("discovery") {
        @Override
        Scenario worker(Target target, Http http) {
            return read(http, target.provider().discovery());
        }
    },
    INTROSPECTION("introspection") {
        @Override
        public boolean isOffered(Provider provider) {
            return provider.introspectionEndpoint().isPresent();
        }

        @Override
        Scenario worker(Target target, Http http) throws Exception {
            Target.Service service = target.service();
            String token = new Device(target, http).tokens().getString("access_token");
            String endpoint = target.provider().introspectionEndpoint().orElseThrow();
            Map<String, String> basic = Http.basic(service.id(), service.secret());
            return () -> http.post(endpoint, basic, "token", token).map(answer -> live(answer.require(200)));
        }
    };

    private final String title;

    Workload(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Whether the provider has what this needs. */
    public boolean isOffered(Provider provider) {
        return true;
    }

    abstract Scenario worker(Target target, Http http) throws Exception;

    /** As many workers, ready to begin: devices are approved. Blocks. */
    public List<Scenario> workers(Target target, Http http, int count) throws Exception {
        List<Scenario> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(worker(target, http));
        }
        return workers;
    }

    /** A worker that reads a document. */
    public static Scenario read(Http http, String url) {
        return () -> http.get(url).map(answer -> answer.require(200));
    }

    /** A worker that posts an empty form. */
    public static Scenario post(Http http, String url) {
        return () -> http.post(url, Map.of()).map(answer -> answer.require(200));
    }

    private static Answer live(Answer answer) {
        if (!Optional.ofNullable(answer.json().getBoolean("active")).orElse(false)) {
            throw new UnexpectedAnswer("a live token is not active");
        }
        return answer;
    }

    /** Rotates one chain. */
    private static final class RefreshChain implements Scenario {
        private final Device device;
        private String token;

        RefreshChain(Device device, String token) {
            this.device = device;
            this.token = token;
        }

        @Override
        public Future<Answer> once() {
            return device.refresh(token).map(answer -> {
                String next = answer.require(200).json().getString("refresh_token");
                if (next == null || next.equals(token)) {
                    throw new UnexpectedAnswer("the refresh token is not rotated");
                }
                token = next;
                return answer;
            });
        }
    }
}
