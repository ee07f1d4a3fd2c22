package dev.statewise.session;

/**
 * The state does not fit where it would have to be kept. Nothing was written.
 *
 * @param bytes what it would have taken
 * @param limit what there is room for
 */
public record TooLarge(int bytes, int limit) implements OpenResult, SaveResult {}
