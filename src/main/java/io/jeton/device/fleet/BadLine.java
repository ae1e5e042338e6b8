package io.jeton.device.fleet;

/**
 * What is wrong in a file of devices.
 *
 * @param number the line, from 1; 0 where it is the file as a whole
 * @param reason a fixed sentence, which repeats nothing of the file
 */
public record BadLine(int number, String reason) {}
