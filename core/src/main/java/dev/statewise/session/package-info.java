/**
 * The values of a session: what a client presents, what a store keeps, and every answer the front
 * door can give. Imports nothing but the JDK.
 */
@NullMarked
package dev.statewise.session;

import org.jspecify.annotations.NullMarked;
