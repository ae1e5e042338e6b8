package io.jeton.device.fleet;

import io.jeton.device.registry.OrderedBy;

/**
 * An import that somebody orders.
 *
 * @param clientId the client whose software is on the devices
 * @param allButTheBad whether what is good is imported although something is bad
 */
public record EnrolmentOrder(String clientId, EnrolmentFormat format, boolean allButTheBad, OrderedBy by) {}
