/** Keycloak's token endpoint: for callers under {@code /v1/token}, and for the gateway's own sessions. */
@NullMarked
package io.darvoza.gateway.token;

import org.jspecify.annotations.NullMarked;
