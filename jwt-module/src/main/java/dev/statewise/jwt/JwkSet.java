package dev.statewise.jwt;

import java.util.List;
import java.util.Map;

/**
 * What was read of a JWK Set.
 *
 * @param keys those that verify, by their {@code kid}
 * @param findings what was not taken and should not have been there, or is a pity; without key
 *     material
 */
record JwkSet(Map<String, VerifyingKey> keys, List<String> findings) {}
