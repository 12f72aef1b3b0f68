package io.darvoza.local.process;

import java.nio.file.Path;
import java.util.List;

/** A JVM for {@link ChildTests} to kill: it starts a child that would run for ever and prints its process id. */
final class ChildStarter {

    private ChildStarter() {}

    static void main(String[] arguments) throws InterruptedException {
        var child = Child.start(new Child.Command("child", List.of("sleep", "1000"), Path.of(arguments[0])));
        System.out.println(child.pid());
        Thread.currentThread().join();
    }
}
