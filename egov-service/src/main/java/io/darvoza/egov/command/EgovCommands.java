package io.darvoza.egov.command;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Await;
import io.darvoza.egov.number.Iin;
import io.darvoza.egov.opendata.UpstreamProbe;
import io.darvoza.egov.provider.Purpose;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.setting.ChangeSettings;
import io.darvoza.egov.setting.CurrentSettings;
import io.darvoza.egov.setting.EffectiveSetting;
import io.darvoza.egov.setting.SettingName;
import io.darvoza.egov.verification.Asker;
import io.darvoza.egov.verification.Channel;
import io.darvoza.egov.verification.Verification;
import io.darvoza.egov.verification.VerifyNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The commands. Exit codes: 0 done, 1 could not, 2 wrong use. A key is read from a file or from standard input, never from an argument. */
@Component
public final class EgovCommands {

    private static final Set<String> NAMES = Set.of("setup-settings", "check-health", "verify-iin", "show-settings");
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String ACTOR = "client:egov-service";
    private static final int LONGEST_KEY = 1000;
    private static final String USAGE = """
            setup-settings --api-key-stdin | --api-key-file FILE   sets the key; the one before it works beside it
            setup-settings NAME VALUE                              sets another setting
            check-health                                           asks egov.kz for one row, counted like any request
            verify-iin IIN | -                                     verifies a number, which - reads from standard input
            show-settings                                          what holds, and where it comes from
            """;

    private final ChangeSettings change;
    private final CurrentSettings settings;
    private final UpstreamProbe probe;
    private final VerifyNumber verify;

    EgovCommands(ChangeSettings change, CurrentSettings settings, UpstreamProbe probe, VerifyNumber verify) {
        this.change = change;
        this.settings = settings;
        this.probe = probe;
        this.verify = verify;
    }

    /** Whether the program is to run as a command. */
    public static boolean isCommand(String[] arguments) {
        return arguments.length > 0 && NAMES.contains(arguments[0]);
    }

    /** Runs a command and gives its exit code. */
    public int run(List<String> arguments, InputStream in, PrintStream out) {
        try {
            return switch (arguments.getFirst()) {
                case "setup-settings" -> setup(arguments.subList(1, arguments.size()), in, out);
                case "check-health" -> checkHealth(out);
                case "verify-iin" -> verifyIin(arguments.subList(1, arguments.size()), in, out);
                case "show-settings" -> show(out);
                default -> usage(out);
            };
        } catch (ProblemException problem) {
            out.println(problem.type().code());
            return 1;
        } catch (IOException unreadable) {
            out.println("cannot be read: " + unreadable.getMessage());
            return 1;
        }
    }

    private int setup(List<String> arguments, InputStream in, PrintStream out) throws IOException {
        if (arguments.equals(List.of("--api-key-stdin"))) {
            return set(SettingName.EGOV_API_KEY, line(in), out);
        }
        if (arguments.size() == 2 && arguments.getFirst().equals("--api-key-file")) {
            return set(SettingName.EGOV_API_KEY, Files.readString(Path.of(arguments.getLast())), out);
        }
        Optional<SettingName> name = arguments.size() == 2 ? SettingName.of(arguments.getFirst()) : Optional.empty();
        if (name.isEmpty() || name.get().isSecret()) {
            return usage(out);
        }
        return set(name.get(), arguments.getLast(), out);
    }

    private int set(SettingName name, String value, PrintStream out) {
        try {
            Await.within(change.set(name, value, null, ACTOR), BOUND);
        } catch (ProblemException refused) {
            out.println(name + ": " + name.rule());
            return 1;
        }
        out.println(name + " is set; every instance takes it over within seconds");
        return 0;
    }

    private int checkHealth(PrintStream out) {
        Optional<Reason> wrong = result(settings.now().flatMap(probe::look));
        out.println(wrong.map(reason -> "unhealthy: " + reason).orElse("healthy"));
        return wrong.isEmpty() ? 0 : 1;
    }

    private int verifyIin(List<String> arguments, InputStream in, PrintStream out) throws IOException {
        if (arguments.size() != 1) {
            return usage(out);
        }
        String text = arguments.getFirst().equals("-") ? line(in) : arguments.getFirst();
        Optional<Iin> iin = Iin.parse(text);
        if (iin.isEmpty()) {
            out.println("An IIN has twelve digits.");
            return 2;
        }
        Verification done = result(verify.verify(iin.get(), new Asker(ACTOR, Channel.COMMAND, null), Purpose.SINGLE));
        Reason reason = done.verdict().reason();
        out.println(done.verdict().status().word()
                + (reason == null ? "" : " " + reason)
                + " (" + done.verdict().assurance() + ", " + done.id() + ")");
        return 0;
    }

    private int show(PrintStream out) {
        for (EffectiveSetting setting : result(settings.effective())) {
            String value = setting.name().isSecret() ? "keys " + setting.keyIds() : String.valueOf(setting.value());
            out.printf(
                    "%-28s %-12s %s%n",
                    setting.name(),
                    setting.source().word(),
                    setting.broken() ? "config_error" : setting.isSet() ? value : "-");
        }
        return 0;
    }

    private static int usage(PrintStream out) {
        out.print(USAGE);
        return 2;
    }

    private static String line(InputStream in) throws IOException {
        return new String(in.readNBytes(LONGEST_KEY), StandardCharsets.UTF_8).strip();
    }

    private static <T> T result(Mono<T> work) {
        return Objects.requireNonNull(Await.within(work, BOUND));
    }
}
