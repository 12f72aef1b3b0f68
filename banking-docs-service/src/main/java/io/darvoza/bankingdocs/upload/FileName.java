package io.darvoza.bankingdocs.upload;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** A client's name of a file, made harmless: it is shown and offered for saving, and never a path or a key. */
final class FileName {

    static final int MAX_LENGTH = 200;

    private static final String NAMELESS = "document";
    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);
    private static final Pattern DANGEROUS = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}<>|:&?*\\[\\]#\"'%;`$]+");

    private static final Pattern MISLEADING =
            Pattern.compile("[/\\\\\\p{Cntrl}\\x{61C}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

    private FileName() {}

    /** Whether a name says where to lie, or shows itself as another one: folders, control characters, turns of the direction of writing. */
    static boolean misleads(String clientsName) {
        return MISLEADING.matcher(clientsName).find();
    }

    /** The name without folders, control and shell characters, at most {@value MAX_LENGTH} characters, its extension kept. */
    static String harmless(String clientsName) {
        String name = FOLDERS.matcher(Normalizer.normalize(clientsName, Normalizer.Form.NFC))
                .replaceFirst("");
        name = DANGEROUS.matcher(name).replaceAll("_").strip();
        while (name.startsWith(".")) {
            name = name.substring(1);
        }
        if (name.length() > MAX_LENGTH) {
            String extension = extension(name);
            int tail = extension.isEmpty() ? 0 : extension.length() + 1;
            name = name.substring(0, MAX_LENGTH - tail) + name.substring(name.length() - tail);
        }
        return name.isEmpty() ? NAMELESS : name;
    }

    /** What follows the last dot, in lower case, if it looks like an extension; else nothing. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.length() - dot > 12
                ? ""
                : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
