package io.darvoza.cyclic.first;

import io.darvoza.cyclic.second.Second;
import org.jspecify.annotations.Nullable;

public record First(@Nullable Second other) {}
