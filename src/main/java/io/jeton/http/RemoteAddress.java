package io.jeton.http;

import io.jeton.http.HttpConfig.ForwardedHeader;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the peer; behind proxies that are trusted, whoever the outermost of them saw. What is left of
 * that in {@code X-Forwarded-For} or {@code Forwarded} (RFC 7239) was written by the asker himself.
 */
@ApplicationScoped
public final class RemoteAddress {
    private static final String UNKNOWN = "unknown";

    private final List<IpSubnetFilterRule> trusted;
    private final ForwardedHeader header;

    RemoteAddress(HttpConfig config) {
        this.trusted = config.trustedProxies().orElse(List.of()).stream()
                .map(RemoteAddress::network)
                .toList();
        this.header = config.forwardedHeader();
    }

    /** An address, or a word where there is none; never what the asker likes. */
    public String of(HttpServerRequest request) {
        String peer = Objects.requireNonNullElse(request.remoteAddress().hostAddress(), UNKNOWN);
        return trusted.isEmpty() ? peer : outermost(peer, request.headers().getAll(header.value()));
    }

    /** Whether a trusted proxy hands the request on: then what it says of it is believed. */
    public boolean isProxied(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        return peer != null && isTrusted(peer);
    }

    /** Whether there is any proxy that is trusted. */
    public boolean trustsProxies() {
        return !trusted.isEmpty();
    }

    /** Walks from the peer outwards, for as long as those who speak are trusted. */
    String outermost(String peer, List<String> forwardedFor) {
        String seen = peer;
        for (String hop : ForwardedElements.fromTheRight(String.join(",", forwardedFor))) {
            if (!isTrusted(seen)) {
                return seen;
            }
            String before = header == ForwardedHeader.FORWARDED
                    ? ForwardedElements.node(hop).orElse("")
                    : hop.strip();
            if (address(before) == null) {
                return seen;
            }
            seen = before;
        }
        return seen;
    }

    private boolean isTrusted(String text) {
        InetAddress address = address(text);
        return address != null
                && trusted.stream().anyMatch(network -> network.matches(new InetSocketAddress(address, 0)));
    }

    private static IpSubnetFilterRule network(String text) {
        String[] parts = text.strip().split("/", 2);
        InetAddress address = address(parts[0]);
        try {
            if (address != null) {
                int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : address.getAddress().length * 8;
                return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(message(text), e);
        }
        throw new ConfigurationException(message(text));
    }

    private static String message(String text) {
        return "jeton.http.trusted-proxies: " + text + " is no address or network, as 10.0.0.0/8";
    }

    /** A literal, as no name must be looked up; null where it is none. */
    private static @Nullable InetAddress address(String literal) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
