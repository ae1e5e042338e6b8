package io.jeton.device;

import java.util.List;

/**
 * A page of a person's devices.
 *
 * @param next where the list goes on; empty where it does not
 * @param further whether it begins somewhere after the newest
 * @param told what was done just now; empty where nothing was
 */
public record DeviceCards(List<DeviceCard> devices, String next, boolean further, String told) {}
