package io.darvoza.sandbox.opendata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The data sets of the played portal. Everybody in them is computed from the number and does not exist: {@code person/v1} has every
 * ИИН but those whose serial begins with 9; {@code passport/v1} every N and eight digits but those that begin with 9, of which
 * those with 8 have expired and those with 7 were withdrawn; {@code gbd_ul/v1} every БИН but those whose serial begins with 9.
 */
final class Registers {

    private static final List<String> SURNAMES = List.of("СЫНАҚОВ", "ҮЛГІБАЕВ", "МЫСАЛОВ", "ЖОҚБАЕВ", "ТЕСТІЛОВ");
    private static final List<String> NAMES = List.of("АЛДАР", "БЕКЗАТ", "ДАНИЯР", "ЕРЛАН", "НҰРЛАН");

    private static final Map<String, Map<String, String>> FIELDS = Map.of(
            "person/v1",
                    Map.of(
                            "iin", "String",
                            "full_name", "String",
                            "birth_date", "Datetime",
                            "gender", "String",
                            "status", "String"),
            "passport/v1",
                    Map.of(
                            "number", "String",
                            "full_name", "String",
                            "issue_date", "Datetime",
                            "expiry_date", "Datetime",
                            "issuer", "String",
                            "status", "String"),
            "gbd_ul/v1",
                    Map.of(
                            "bin", "String",
                            "nameru", "String",
                            "namekz", "String",
                            "datereg", "Datetime",
                            "addressru", "String",
                            "statusru", "String",
                            "statuskz", "String"));

    private Registers() {}

    /** Fields and their types; empty for a data set that is not there. */
    static Optional<Map<String, String>> fields(String dataset, String version) {
        return Optional.ofNullable(FIELDS.get(dataset + "/" + version)).map(TreeMap::new);
    }

    /** The row with this number, if the register has one. */
    static Optional<Map<String, String>> row(String dataset, String number) {
        return switch (dataset) {
            case "person" -> person(number);
            case "passport" -> passport(number);
            default -> organisation(number);
        };
    }

    /** Any one row. */
    static Map<String, String> example(String dataset) {
        String number = switch (dataset) {
            case "person" -> "900101300017";
            case "passport" -> "N12345678";
            default -> "150140000012";
        };
        return row(dataset, number).orElseThrow();
    }

    private static Optional<Map<String, String>> person(String iin) {
        if (!iin.matches("[0-9]{12}") || iin.charAt(7) == '9') {
            return Optional.empty();
        }
        int century = iin.charAt(6) - '0';
        String birth = "%d%s-%s-%s"
                .formatted(
                        18 + Math.max(century - 1, 0) / 2,
                        iin.substring(0, 2),
                        iin.substring(2, 4),
                        iin.substring(4, 6));
        return Optional.of(Map.of(
                "iin",
                iin,
                "full_name",
                name(iin),
                "birth_date",
                birth,
                "gender",
                century % 2 == 1 ? "M" : "F",
                "status",
                "active"));
    }

    private static Optional<Map<String, String>> passport(String number) {
        if (!number.matches("N[0-9]{8}") || number.charAt(1) == '9') {
            return Optional.empty();
        }
        return Optional.of(Map.of(
                "number",
                number,
                "full_name",
                name(number),
                "issue_date",
                "2015-03-01",
                "expiry_date",
                number.charAt(1) == '8' ? "2020-02-29" : "2095-02-28",
                "issuer",
                "МВД РК",
                "status",
                number.charAt(1) == '7' ? "revoked" : "valid"));
    }

    private static Optional<Map<String, String>> organisation(String bin) {
        if (!bin.matches("[0-9]{12}") || bin.charAt(6) == '9') {
            return Optional.empty();
        }
        return Optional.of(Map.of(
                "bin",
                bin,
                "nameru",
                "ТОО «Пример " + bin.substring(8) + "»",
                "namekz",
                "«Үлгі " + bin.substring(8) + "» ЖШС",
                "datereg",
                "20%s-%s-01".formatted(bin.substring(0, 2), bin.substring(2, 4)),
                "addressru",
                "г. Астана, ул. Примерная, 1",
                "statusru",
                "Зарегистрирован",
                "statuskz",
                "Тіркелген"));
    }

    private static String name(String number) {
        int sum = number.chars().sum();
        return SURNAMES.get(sum % SURNAMES.size()) + " " + NAMES.get(sum / 5 % NAMES.size());
    }
}
