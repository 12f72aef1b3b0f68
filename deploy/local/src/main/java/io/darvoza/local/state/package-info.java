/** What a local suite is made of besides processes: its folder, ports, secrets and the realm's people and clients. */
@NullMarked
package io.darvoza.local.state;

import org.jspecify.annotations.NullMarked;
