package io.jeton.device.fleet;

/** How a file of devices is written. */
public enum EnrolmentFormat {
    /** RFC 4180, with a header line, in UTF-8. */
    CSV,
    /** One JSON object in a line, in UTF-8. */
    JSON_LINES
}
