package dev.statewise.jwt;

import org.jspecify.annotations.Nullable;

/**
 * What a token said whose signature holds.
 *
 * @param type the header's {@code typ}; null if it has none
 * @param payload the bytes that were signed; not judged yet
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SignedPayload(@Nullable String type, byte[] payload) {}
