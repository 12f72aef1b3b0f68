package io.darvoza.cyclic.second;

import io.darvoza.cyclic.first.First;
import org.jspecify.annotations.Nullable;

public record Second(@Nullable First other) {}
