package io.darvoza.egov;

import io.darvoza.egov.command.EgovCommands;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.env.MapPropertySource;

/** Verifies Kazakhstan IINs and passports within the limits of data.egov.kz; with a command as its first argument, one command. */
@SpringBootApplication
public class EgovApplication {

    /** A command serves nobody: its port is any, it is in no registry, and works on nothing but itself. */
    private static final Map<String, Object> COMMAND = Map.of(
            "server.port", "0",
            "management.server.port", "-1",
            "eureka.client.enabled", "false",
            "darvoza.egov.background", "false",
            "darvoza.outbox.relay.enabled", "false",
            "logging.level.root", "error");

    static void main(String[] arguments) {
        if (!EgovCommands.isCommand(arguments)) {
            SpringApplication.run(EgovApplication.class, arguments);
            return;
        }
        System.exit(runCommand(arguments));
    }

    private static int runCommand(String[] arguments) {
        var application = new SpringApplication(EgovApplication.class);
        application.addInitializers(context ->
                context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("command", COMMAND)));
        application.setLogStartupInfo(false);
        try (var context = application.run()) {
            return context.getBean(EgovCommands.class).run(List.of(arguments), System.in, System.out);
        }
    }
}
