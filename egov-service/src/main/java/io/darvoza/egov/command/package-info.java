/** The same program as a command: settings, health and single verifications without a browser, over the same database and limit. */
@NullMarked
package io.darvoza.egov.command;

import org.jspecify.annotations.NullMarked;
