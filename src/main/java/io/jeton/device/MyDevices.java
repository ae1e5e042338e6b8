package io.jeton.device;

import io.jeton.client.Client;
import io.jeton.client.ClientRegistry;
import io.jeton.database.RowCursor;
import io.jeton.device.registry.Device;
import io.jeton.device.registry.DeviceName;
import io.jeton.device.registry.DeviceOrder;
import io.jeton.device.registry.DeviceOutcome;
import io.jeton.device.registry.DeviceRegistry;
import io.jeton.device.registry.DeviceSelector;
import io.jeton.device.registry.OrderedBy;
import io.jeton.user.Account;
import io.jeton.user.BrowserSession;
import io.jeton.user.Visitor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** A person's own devices, and the person's orders. Somebody else's device is not found. */
@ApplicationScoped
final class MyDevices {
    private static final int PAGE = 20;
    private static final String REASON = "by its owner";

    private final DeviceRegistry registry;
    private final ClientRegistry clients;
    private final ScopeWords words;
    private final Clock clock;

    MyDevices(DeviceRegistry registry, ClientRegistry clients, ScopeWords words, Clock clock) {
        this.registry = registry;
        this.clients = clients;
        this.words = words;
        this.clock = clock;
    }

    /** What a person may order without another word. */
    enum Choice {
        SUSPEND,
        RESUME,
        REVOKE
    }

    Uni<DeviceCards> list(Account owner, Optional<RowCursor> after, String told) {
        return registry.list(DeviceSelector.ALL.owner(owner.id()), after, PAGE)
                .map(page -> new DeviceCards(
                        page.devices().stream().map(this::card).toList(),
                        page.next().map(RowCursor::toString).orElse(""),
                        after.isPresent(),
                        told));
    }

    Uni<Optional<DeviceCard>> find(Account owner, UUID id) {
        return registry.find(id).map(found -> found.filter(device -> device.owner()
                        .map(Account::id)
                        .filter(owner.id()::equals)
                        .isPresent())
                .map(this::card));
    }

    Uni<DeviceOutcome> rename(Visitor visitor, BrowserSession session, UUID id, DeviceName name) {
        return registry.rename(order(visitor, session, id), name);
    }

    Uni<DeviceOutcome> carryOut(Choice choice, Visitor visitor, BrowserSession session, UUID id) {
        DeviceOrder order = order(visitor, session, id);
        return switch (choice) {
            case SUSPEND -> registry.suspend(order);
            case RESUME -> registry.resume(order);
            case REVOKE -> registry.revoke(order);
        };
    }

    private static DeviceOrder order(Visitor visitor, BrowserSession session, UUID id) {
        return DeviceOrder.of(id, OrderedBy.owner(session.account(), visitor.address()), REASON);
    }

    private DeviceCard card(Device device) {
        String client = clients.find(device.clientId()).map(Client::name).orElse(device.clientId());
        return DeviceCard.of(device, client, words, clock.instant());
    }
}
