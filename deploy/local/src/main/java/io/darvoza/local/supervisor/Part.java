package io.darvoza.local.supervisor;

import io.darvoza.local.process.Child;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One process of the suite.
 *
 * @param name as in {@code ./suite logs NAME}
 * @param needs names of the parts that must be ready before this one starts
 * @param ports that it listens on, the first being the one that people are told
 * @param start starts it and returns when it is ready
 */
record Part(String name, Set<String> needs, List<Integer> ports, Supplier<Child> start) {}
